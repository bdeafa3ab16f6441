/** `pond`: the command line. Names the commands and loads only the one that was asked for. Does nothing by itself. */
import { Command } from 'commander'
import { explain } from './explain.ts'
import { version } from './version.ts'

const program = new Command('pond')
  .description('Pond, a self-hosted service desk that treats service as a relationship.')
  .version(version)
  .showHelpAfterError('(see pond --help)')

program
  .command('start')
  .description('start Pond here, without installing or building anything')
  .option('--sample', 'add a sample organisation, marked and removable')
  .action(async () => {
    await import('../main.ts')
  })

program
  .command('doctor')
  .description('check everything an installation needs, and say what to do')
  .option('--json', 'one JSON object instead of lines')
  .action(async options => (await import('./doctor.ts')).doctor(options))

program
  .command('backup')
  .description('write the database, the files and the keys into a new folder')
  .argument('<folder>', 'a folder that does not exist yet, or is empty')
  .option('--json', 'one JSON object instead of lines')
  .action(async (folder, options) => (await import('./backup.ts')).backup(folder, options))

program
  .command('restore')
  .description('bring a backup into an empty database and data folder')
  .argument('<folder>', 'what "pond backup" wrote')
  .option('--verify', 'read everything again afterwards and compare it')
  .option('--json', 'one JSON object instead of lines')
  .action(async (folder, options) => (await import('./restore.ts')).restore(folder, options))

program
  .command('link')
  .description('print a one-time link: for the first administrator, or for one who is locked out')
  .option('--first', 'only while nobody has an account; prints nothing otherwise')
  .option('--for <address>', 'the mail address of the administrator who is locked out')
  .action(async options => (await import('./link.ts')).link(options))

program
  .command('import')
  .description('bring old mail in: an mbox, a Maildir, a folder of mails or one mail; nothing is sent for it')
  .argument('<path>', 'where the old mail is')
  .requiredOption('--mailbox <address>', 'the address it was for')
  .option('--json', 'one JSON object at the end')
  .action(async (path, options) => (await import('./import.ts')).importMail(path, options))

const mail = program.command('mail').description('look at mail the way Pond does')
mail
  .command('inspect')
  .description('show how Pond reads a raw mail, and why')
  .argument('<file>', 'a raw mail (.eml)')
  .option('--json', 'one JSON object')
  .action(async (file, options) => (await import('./inspect.ts')).inspect(file, options))

try {
  await program.parseAsync()
} catch (error) {
  explain(error)
}
