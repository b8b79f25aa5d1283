import { capOf, type Problem, widest } from './problem.ts'
import { ARG, blockStart, type Workspace } from './workspace.ts'

/**
 * One block's share of the smoothed dual at the present prices: its value, the usage it expects (minus the gradient) and
 * the curvature (Hessian), all in resource space.
 *
 * At most one option: T·log(1 + Σ exp(r/T)) (entropy); exactly one: without the 1. Up to C: Fermi–Dirac with a multiplier
 * θ ≥ 0 per customer, min over θ of C·θ + T·Σ_g log(1 + Σ_{j∈g} exp((r_j − θ)/T)), g the groups of which one may be taken.
 * Both lie above the exact dual, so their minimum over prices tends to the bound from above as T falls.
 *
 * Curvature comes from a sub-sample (every n-th customer, scaled up): it steers the Newton step only, never the result.
 */
export type BlockPass = (w: Workspace, block: number) => void

/** exp(−20) = 2e-9: an option so far behind counts as not chosen. */
const NEGLIGIBLE = -20

export function smoothedDual(problem: Problem): BlockPass {
  const { start, value, code, useStart, useResource, useAmount, resources: m, exactly, group } = problem
  const width = widest(problem)
  const reduced = new Float64Array(width)
  const share = new Float64Array(width)
  const groupEnd = new Int32Array(width)
  const groupValue = new Float64Array(width)
  const groupShare = new Float64Array(width)
  const expected = new Float64Array(m)
  const pull = new Float64Array(m)
  const seen = new Uint8Array(m)
  const touched = new Int32Array(m)

  let out = problem.value as unknown as Float64Array
  let at = 0
  let weight = 1

  /** Adds Σ_j share_j·a_j to `into` for options from…to of the customer at `base`, listing the resources met. */
  const gather = (base: number, from: number, to: number, into: Float64Array, factor: number, met: number): number => {
    for (let k = from; k < to; k++) {
      const s = share[k]! * factor
      if (s === 0) continue
      const c = code[base + k]!
      for (let e = useStart[c]!; e < useStart[c + 1]!; e++) {
        const r = useResource[e]!
        if (seen[r] === 0) {
          seen[r] = 1
          touched[met++] = r
        }
        into[r] = into[r]! + s * useAmount[e]!
      }
    }
    return met
  }

  /** curvature −= factor · v vᵀ over the resources met, and clears v. */
  const subtractOuter = (v: Float64Array, met: number, factor: number): void => {
    const h = at + 1 + m
    for (let a = 0; a < met; a++) {
      const ra = touched[a]!
      const va = v[ra]! * factor
      if (va === 0) continue
      for (let b = 0; b < met; b++) {
        const rb = touched[b]!
        out[h + ra * m + rb] = out[h + ra * m + rb]! - va * v[rb]!
      }
    }
    for (let a = 0; a < met; a++) {
      v[touched[a]!] = 0
      seen[touched[a]!] = 0
    }
  }

  const addUsage = (base: number, count: number, curved: boolean): void => {
    const h = at + 1 + m
    for (let k = 0; k < count; k++) {
      const s = share[k]!
      if (s === 0) continue
      const c = code[base + k]!
      const end = useStart[c + 1]!
      for (let e = useStart[c]!; e < end; e++) {
        const r = at + 1 + useResource[e]!
        out[r] = out[r]! + s * useAmount[e]!
      }
      if (!curved) continue
      for (let e = useStart[c]!; e < end; e++) {
        const row = h + useResource[e]! * m
        const scaled = weight * s * useAmount[e]!
        for (let f = useStart[c]!; f < end; f++) {
          const cell = row + useResource[f]!
          out[cell] = out[cell]! + scaled * useAmount[f]!
        }
      }
    }
  }

  const one = (base: number, count: number, t: number, codePrice: Float64Array, curved: boolean): number => {
    let best = exactly ? Number.NEGATIVE_INFINITY : 0
    for (let k = 0; k < count; k++) {
      const r = value[base + k]! - codePrice[code[base + k]!]!
      reduced[k] = r
      if (r > best) best = r
    }
    let sum = exactly ? 0 : Math.exp(-best / t)
    for (let k = 0; k < count; k++) {
      const d = (reduced[k]! - best) / t
      const e = d > NEGLIGIBLE ? Math.exp(d) : 0
      share[k] = e
      sum += e
    }
    for (let k = 0; k < count; k++) share[k] = share[k]! / sum
    addUsage(base, count, curved)
    if (curved) subtractOuter(expected, gather(base, 0, count, expected, 1, 0), weight)
    return best + t * Math.log(sum)
  }

  const many = (
    base: number,
    count: number,
    t: number,
    cap: number,
    codePrice: Float64Array,
    curved: boolean,
  ): number => {
    let groups = 0
    let best = 0
    for (let k = 0; k < count; ) {
      const g = group ? group[code[base + k]!]! : k
      let top = Number.NEGATIVE_INFINITY
      const from = k
      while (k < count && (group ? group[code[base + k]!]! : k) === g) {
        const r = value[base + k]! - codePrice[code[base + k]!]!
        reduced[k] = r
        if (r > top) top = r
        k++
      }
      let sum = 0
      for (let j = from; j < k; j++) {
        const d = (reduced[j]! - top) / t
        const e = d > NEGLIGIBLE ? Math.exp(d) : 0
        share[j] = e
        sum += e
      }
      for (let j = from; j < k; j++) share[j] = share[j]! / sum
      groupEnd[groups] = k
      groupValue[groups] = top + t * Math.log(sum)
      if (groupValue[groups]! > best) best = groupValue[groups]!
      groups++
    }
    const theta = multiplier(groupValue, groups, cap, best, t)
    let total = cap * theta
    let spread = 0
    for (let g = 0; g < groups; g++) {
      const z = (groupValue[g]! - theta) / t
      const p = z > 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))
      groupShare[g] = p > 2e-9 ? p : 0
      spread += p * (1 - p)
      total += z > 0 ? t * (z + Math.log1p(Math.exp(-z))) : t * Math.log1p(Math.exp(z))
      for (let k = g === 0 ? 0 : groupEnd[g - 1]!; k < groupEnd[g]!; k++) share[k] = share[k]! * groupShare[g]!
    }
    addUsage(base, count, curved)
    if (curved) {
      for (let g = 0; g < groups; g++) {
        const from = g === 0 ? 0 : groupEnd[g - 1]!
        subtractOuter(expected, gather(base, from, groupEnd[g]!, expected, 1, 0), weight)
      }
      if (theta > 0 && spread > 1e-9) {
        let met = 0
        for (let g = 0; g < groups; g++)
          met = gather(base, g === 0 ? 0 : groupEnd[g - 1]!, groupEnd[g]!, pull, 1 - groupShare[g]!, met)
        subtractOuter(pull, met, weight / spread)
      }
    }
    return total
  }

  return (w, block) => {
    const t = w.args[ARG.temperature]!
    const stride = w.args[ARG.stride]!
    const every = w.args[ARG.curvatureEvery]!
    const { codePrice } = w
    out = w.out
    at = block * w.stride
    weight = every
    out.fill(0, at, at + w.stride)
    const to = blockStart(w, block + 1)
    let total = 0
    const first = Math.ceil(blockStart(w, block) / stride)
    for (let i = first; i * stride < to; i++) {
      const customer = i * stride
      const base = start[customer]!
      const count = start[customer + 1]! - base
      if (count === 0) continue
      const cap = capOf(problem, customer)
      const curved = every > 0 && i % every === 0
      if (cap === 1) total += one(base, count, t, codePrice, curved)
      else if (cap > 1) total += many(base, count, t, cap, codePrice, curved)
    }
    out[at] = total
  }
}

/** θ ≥ 0 with Σ sigmoid((R − θ)/T) = cap, or 0 when the cap does not bind: Newton kept inside a bracket. */
function multiplier(values: Float64Array, n: number, cap: number, best: number, t: number): number {
  if (n <= cap) return 0
  let low = 0
  let high = best + 30 * t
  let theta = 0
  for (let round = 0; round < 60; round++) {
    let over = -cap
    let slope = 0
    for (let g = 0; g < n; g++) {
      const z = (values[g]! - theta) / t
      const p = z > 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))
      over += p
      slope += p * (1 - p)
    }
    if (round === 0 && over <= 0) return 0
    if (Math.abs(over) < 1e-9) break
    if (over > 0) low = theta
    else high = theta
    const next = theta + (over * t) / Math.max(slope, 1e-12)
    theta = next > low && next < high ? next : (low + high) / 2
  }
  return theta
}
