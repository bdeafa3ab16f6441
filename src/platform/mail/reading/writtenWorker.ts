/** The thread that reads large words. It touches no file, database or network. */
import { answerAside } from '../../aside/answering.ts'
import { type Inside, written } from './written.ts'

answerAside(({ body, inside }: { body: string; inside: Inside }) => written(body, inside))
