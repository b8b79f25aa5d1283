import type { Matrix } from '../../../../api/segments.ts'

/** As many cells as there are classes; a new class starts with what its neighbour does. */
export function resized(matrix: Matrix): Matrix {
  const columns = matrix.value.cuts.length + 1
  const rows = matrix.churn.cuts.length + 1
  const at = <T>(list: readonly T[], i: number): T => list[Math.min(i, list.length - 1)] as T
  return {
    ...matrix,
    cells: Array.from({ length: columns }, (_, value) =>
      Array.from({ length: rows }, (__, churn) => at(at(matrix.cells, value), churn)),
    ),
  }
}
