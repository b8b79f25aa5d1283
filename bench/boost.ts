import { availableParallelism } from 'node:os'
import { compileForest } from '../src/analyze/boosting/compile-forest.ts'
import { openForestTrainer } from '../src/analyze/boosting/forest-trainer.ts'
import { modelColumns } from '../src/analyze/boosting/model-columns.ts'
import { forestMargins } from '../src/analyze/boosting/score-forest.ts'
import { auc } from '../src/analyze/churn/metrics.ts'
import { type Bench, timed } from './bench.ts'
import { readBins } from './boost/read-bins.ts'
import { makeWorld } from './boost/yes-no-world.ts'

/**
 * Boosted trees on `--rows` (1,000,000) × `--columns` (30), 3 % missing: `--trees` (100) of `--depth` (6) on `--threads` (all cores), the
 * cutting into bins included. Beside it stands the floor: reading every bin once per level and doing nothing with it.
 */
export const bench: Bench = {
  name: 'boost',
  summary: 'gradient-boosted trees on a million customers',
  async run({ number, say }) {
    const [rows, columns, trees, depth] = [
      number('rows', 1e6),
      number('columns', 30),
      number('trees', 100),
      number('depth', 6),
    ]
    const threads = number('threads', availableParallelism())
    const world = makeWorld(rows, columns, number('seed', 1))
    say(`${rows} × ${columns} made (not part of the figures)`)
    const opened = await timed(async () =>
      openForestTrainer(world.table, world.labels, { threads, maxLeaves: 2 ** depth }),
    )
    const trainer = opened.value
    say(`cut into bins in ${opened.seconds.toFixed(1)} s`)
    const before = process.cpuUsage()
    const grown = await timed(() =>
      trainer.fit({ rounds: trees, maxDepth: depth, maxLeaves: 2 ** depth }, undefined, (done, total) => {
        if (done % 25 === 0) say(`${done} of ${total} trees`)
      }),
    )
    const processor = process.cpuUsage(before)
    const floor = (await readBins(rows * columns, threads)) * trees * depth
    const forest = compileForest(grown.value, modelColumns(world.table, trainer.cuts))
    const fresh = makeWorld(Math.min(rows, 200_000), columns, number('seed', 1) + 1)
    const scored = await timed(async () => forestMargins(forest, fresh.table))
    await trainer.close()
    const seconds = opened.seconds + grown.seconds
    return {
      name: 'boost',
      figures: {
        ...{ rows, columns, trees, depth, threads, seconds, cutSeconds: opened.seconds, growSeconds: grown.seconds },
        // Above `growSeconds` × threads nobody waited; far below it, others had the machine.
        growProcessorSeconds: (processor.user + processor.system) / 1e6,
        ...{ freshAuc: auc(scored.value, fresh.labels), bestPossibleAuc: fresh.bestAuc },
        scoreMicrosecondsPerRow: (scored.seconds / fresh.table.rows) * 1e6,
        residentBytes: process.memoryUsage().rss,
      },
      baseline: {
        what: `${threads} threads read every bin once per level and do nothing with it, seconds`,
        seconds: floor,
      },
      ratio: Math.round((seconds / floor) * 10) / 10,
    }
  },
}
