/** The catalogue's door: whoever shows words adds its part and asks `t`. */
export { addWords, type Branch, catalogue, t } from './catalogue.ts'
