/**
 * Solves A·x = b for a symmetric positive definite A (n×n, row-major, lower half read) in place; false when A is not
 * positive definite to working precision, which tells the caller to damp more. n³/3 steps: 1 ms at 159 resources.
 */
export function solvePositive(a: Float64Array, b: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n
    for (let i = j; i < n; i++) {
      const rowI = i * n
      let sum = a[rowI + j]!
      for (let k = 0; k < j; k++) sum -= a[rowI + k]! * a[rowJ + k]!
      if (i === j) {
        if (!(sum > 0)) return false
        a[rowJ + j] = Math.sqrt(sum)
      } else a[rowI + j] = sum / a[rowJ + j]!
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= a[i * n + k]! * b[k]!
    b[i] = sum / a[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!
    for (let k = i + 1; k < n; k++) sum -= a[k * n + i]! * b[k]!
    b[i] = sum / a[i * n + i]!
  }
  return true
}
