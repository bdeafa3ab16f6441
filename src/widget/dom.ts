/** Makes elements. Text is always text: nothing that was said is ever read as markup. */
type Child = Node | string | null | false | undefined
type Props = Record<string, string | boolean | EventListener | null | undefined>

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(key, value)
    else element.setAttribute(key, value === true ? '' : value)
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)))
  return element
}

const drawn = {
  talk: [22, 'M3.5 4.500h15v10.500h-8l-4 3.500v-3.500h-3z'],
  close: [20, 'm4.500 4.500 11 11m0-11-11 11'],
  clip: [
    20,
    'M17 9.200 10 16.200a4.200 4.200 0 0 1-6-6L11 3.300a2.800 2.800 0 0 1 4 4l-7 6.900a1.400 1.400 0 0 1-2-2l6.300-6.200',
  ],
  on: [16, 'm5 2 6 6-6 6'],
  back: [20, 'M12.500 4 6.500 10l6 6'],
} as const

const svgName = 'http://www.w3.org/2000/svg'
function svg(size: number): SVGSVGElement {
  const picture = document.createElementNS(svgName, 'svg')
  for (const [key, value] of Object.entries({
    width: size,
    height: size,
    viewBox: `0 0 ${size} ${size}`,
    fill: 'none',
  }))
    picture.setAttribute(key, String(value))
  picture.setAttribute('aria-hidden', 'true')
  return picture
}

function path(d: string, props: Record<string, string>): SVGPathElement {
  const line = document.createElementNS(svgName, 'path')
  for (const [key, value] of Object.entries({ d, ...props })) line.setAttribute(key, value)
  return line
}

export function icon(name: keyof typeof drawn): SVGSVGElement {
  const [size, d] = drawn[name]
  const picture = svg(size)
  if (name === 'on' || name === 'back') picture.setAttribute('class', 'flips')
  picture.append(
    path(d, { stroke: 'currentColor', 'stroke-width': '1.7', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }),
  )
  return picture
}

/** A ring that fills as the time comes; a triangle where it has passed. */
export function mark(late: boolean): SVGSVGElement {
  const picture = svg(20)
  picture.append(
    ...(late
      ? [
          path('M10 3 18 17H2Z M10 8v4.500M10 14.500v.5', {
            stroke: 'currentColor',
            'stroke-width': '1.5',
            'stroke-linejoin': 'round',
          }),
        ]
      : [
          path('M10 2.250a7.750 7.750 0 1 1 0 15.500a7.750 7.750 0 1 1 0-15.500', {
            stroke: 'currentColor',
            'stroke-width': '1.5',
          }),
          path('M10 10V2.600a7.400 7.400 0 1 1-7.400 7.400z', { fill: 'currentColor' }),
        ]),
  )
  return picture
}
