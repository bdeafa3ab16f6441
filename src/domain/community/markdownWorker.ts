/** The thread that reads long posts. It touches no file, database or network. */
import { answerAside } from '../../platform/aside/answering.ts'
import { readMarkdown } from './markdown.ts'

answerAside((sources: string[]) => sources.map(readMarkdown))
