/** Which way imports may point; the table stands in docs/architecture.md. Knows folders, not names. */
const slice = '^src/domain/([^/]+)/'

/** A rule that forbids everything from a place but what it lists. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { pathNot: allowed },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or the lower one should record an event.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('contract-runs-anywhere', 'The contract imports itself and zod.', '^src/contract/', [
      '^src/contract/',
      '^node_modules/zod/',
    ]),
    only('words-hold-words', 'The catalogue imports itself and i18next.', '^src/words/', [
      '^src/words/',
      '^node_modules/i18next/',
    ]),
    {
      name: 'platform-knows-no-desk-word',
      comment: 'The platform imports itself, packages, and of the contract only the kit and the names of events.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|test|scripts|bench)/', pathNot: '^src/(platform/|contract/(kit|events)\\.ts$)' },
    },
    {
      name: 'rules-are-pure',
      comment: 'Rules import the contract and other rules: no clock, no database, no network.',
      severity: 'error',
      from: { path: '^src/domain/.+rules\\.ts$' },
      // Types decide nothing; and to read an address or a name is to compute.
      to: {
        pathNot: ['^src/contract/', 'rules\\.ts$', '^node_modules/(zod|temporal-polyfill)/', '^(url|net)$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'slices-meet-at-their-index',
      comment: "A slice uses another slice through that one's index.ts.",
      severity: 'error',
      from: { path: slice, pathNot: '\\.test\\.ts$' },
      to: { path: '^src/domain/', pathNot: ['^src/domain/$1/', '^src/domain/[^/]+/index\\.ts$', 'rules\\.ts$'] },
    },
    {
      name: 'slices-stay-below-the-screens',
      comment: 'A slice imports itself, the platform, the contract, the words, and other slices.',
      severity: 'error',
      from: { path: slice, pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|test|scripts|bench)/', pathNot: '^src/(domain|platform|contract|words)/' },
    },
    {
      name: 'pages-outside-use-slices',
      comment: 'What mails lead to uses slices through their index.ts, the platform, the contract and the words.',
      severity: 'error',
      from: { path: '^src/portal/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(src|test|scripts|bench)/',
        pathNot: '^src/(portal|platform|contract|words)/|^src/domain/[^/]+/index\\.ts$',
      },
    },
    only('pages-outside-only-lay-out', 'Pages outside lay out what they are given.', '^src/portal/pages/', [
      '^src/portal/(pages/|page(/|\\.ts$))',
      '^node_modules/(react|react-dom|@types)/',
    ]),
    {
      name: 'browsers-see-the-contract',
      comment:
        'The desk, the widget and the shared parts import the contract, the words and each other; never the server.',
      severity: 'error',
      from: { path: '^src/(desk|widget|ui)/', pathNot: '(\\.test\\.tsx?|vite\\.config\\.ts)$' },
      to: { path: '^(src|test|scripts|bench)/', pathNot: '^src/(desk|widget|ui|contract|words)/' },
    },
    {
      name: 'browsers-have-no-node',
      comment: 'What runs in a browser uses nothing of Node; what builds the desk does.',
      severity: 'error',
      from: {
        path: '^src/(desk|widget|ui|contract|words)/',
        pathNot: '(\\.test\\.tsx?|vite\\.config\\.ts)$|^src/desk/build/',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-knows-no-tests',
      comment: 'What runs for people imports nothing from tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(test|bench)/|\\.test\\.tsx?$' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
