/** Kills the app, its mail parser and PostgreSQL at random moments while mail flows, and counts what was lost or doubled. See README.md for each figure. */
import { crashRun } from './lib/crashRun.ts'
import { progress, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'

const asked = given({ kills: 200, mails: 5000 })
progress(`${asked.kills} kills while ${asked.mails} mails arrive`)
tell(await crashRun({ kills: asked.kills, mails: asked.mails }), asked.json)
