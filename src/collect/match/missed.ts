/**
 * How many matching pairs no rule brought together, without labels: pairs that only one rule found against pairs that two
 * found (Chao 1987: f₁² / 2f₂), as unseen species are estimated from the rare ones.
 */
export function estimateMissed(
  rules: Uint32Array[][],
  left: Uint32Array,
  right: Uint32Array,
  accepted: (pair: number) => boolean,
): number {
  let once = 0
  let twice = 0
  for (let p = 0; p < left.length; p++) {
    if (!accepted(p)) continue
    let found = 0
    for (const slots of rules) {
      if (slots.some(a => a[left[p]!] !== 0 && slots.some(b => a[left[p]!] === b[right[p]!]))) found++
      if (found > 2) break
    }
    if (found === 1) once++
    else if (found === 2) twice++
  }
  return rules.length < 2 ? 0 : Math.round((once * once) / (2 * Math.max(1, twice)))
}
