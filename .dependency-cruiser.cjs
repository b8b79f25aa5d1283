/** The one-way rule: a stage imports the platform and the faces of the stages to its left, never its right, never inner files. */
const stages = ['collect', 'analyze', 'optimize', 'campaign', 'personalize', 'interact']

const oneWay = stages.flatMap((stage, i) => {
  const right = stages.slice(i + 1)
  const others = stages.filter(other => other !== stage)
  return [
    ...(right.length
      ? [
          {
            name: `${stage}-never-right`,
            comment: `${stage} may not import the stages to its right: what flows to the right goes as rows and jobs`,
            severity: 'error',
            from: { path: `^src/${stage}/` },
            to: { path: `^src/(${right.join('|')})/` },
          },
        ]
      : []),
    {
      name: `${stage}-only-faces`,
      comment: 'another stage is known by its index.ts alone',
      severity: 'error',
      from: { path: `^src/${stage}/` },
      to: { path: `^src/(${others.join('|')})/`, pathNot: `^src/(${others.join('|')})/index\\.ts$` },
    },
  ]
})

module.exports = {
  forbidden: [
    ...oneWay,
    {
      name: 'platform-knows-no-customer',
      comment: 'the platform imports no stage and nothing of the house above it',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(?!platform/)' },
    },
    {
      name: 'stages-do-not-know-the-loop',
      severity: 'error',
      from: { path: `^src/(${stages.join('|')})/` },
      to: { path: '^src/(loop|cli|commands)' },
    },
    {
      name: 'web-takes-only-shapes',
      comment: 'the browser app takes types of answers from api.ts and charts, nothing that runs on the server',
      severity: 'error',
      // A test may hold a draft made in the browser against the server's own schema.
      from: { path: '^web/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/',
        pathNot: ['^src/[^/]+/api\\.ts$', '^src/personalize/charts/', '^src/platform/(text|auth/permissions)\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
}
