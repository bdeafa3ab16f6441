/** What each page outside shows: sentences and times that are ready to be read. The pages lay them out and decide nothing. Each group of pages has a shape of its own. */
import type { Article } from './page/article.ts'
import type { Forum, Topic } from './page/community.ts'
import type { Filled } from './page/form.ts'
import type { Frame } from './page/frame.ts'
import type { Home } from './page/home.ts'
import type { Letter } from './page/letter.ts'
import type { Me } from './page/me.ts'
import type { Mine, OneConversation } from './page/mine.ts'
import type { OwnPage } from './page/own.ts'

export type { Frame, Link } from './page/frame.ts'
export type { Form, Letter } from './page/letter.ts'
export type { Promised } from './page/pieces.ts'
export type Shape = Article | Letter | Home | Filled | Forum | Topic | Mine | Me | OneConversation | OwnPage
export type Page = { frame: Frame } & Shape
