/** A small seeded generator (splitmix32 mixing of a counter) and the draws that tests and simulations need. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  normal(): number
  /** Gamma with the given shape and rate (Marsaglia & Tsang 2000). */
  gamma(shape: number, rate: number): number
  beta(a: number, b: number): number
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  const uniform = () => (next() * 2097152 + (next() >>> 11)) / 9007199254740992
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const gamma = (shape: number, rate: number): number => {
    if (shape < 1) return gamma(shape + 1, rate) * (1 - uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate
    }
  }
  const beta = (a: number, b: number) => {
    const x = gamma(a, 1)
    return x / (x + gamma(b, 1))
  }
  return { uniform, normal, gamma, beta }
}
