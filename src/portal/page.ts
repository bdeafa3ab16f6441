/** What each page outside shows: sentences and times that are ready to be read. The pages lay them out and decide nothing. Each group of pages has a shape of its own. */
import type { Filled } from './page/form.ts'
import type { Frame } from './page/frame.ts'
import type { Home } from './page/home.ts'
import type { Letter } from './page/letter.ts'

export type { Frame, Link } from './page/frame.ts'
export type { Form, Letter } from './page/letter.ts'
export type { Promised } from './page/pieces.ts'
export type Shape = Letter | Home | Filled
export type Page = { frame: Frame } & Shape
