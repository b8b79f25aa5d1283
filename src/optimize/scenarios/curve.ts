import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { optimizeErrors } from '../errors.ts'
import type { curveView } from './api.ts'
import { basePlan } from './base-plan.ts'
import { solveAgain } from './solve-again.ts'

export type CurveView = z.infer<typeof curveView>

const POINTS = 15
/** Neighbours make up for what a point misses. */
const POINT_SECONDS = 1
/** As parts of what the plan has of the limit. */
const REACH = 2
const KEPT = 50
const curves = new WeakMap<object, Map<string, CurveView>>()

/**
 * What the plan would be worth for other amounts of one limit: each point solved from its neighbour's prices. Started when first
 * asked for, answered as far as it is; asking again tells how it goes on.
 */
export async function curveOf(app: App, planId: number, limitId: string): Promise<CurveView> {
  const known = curves.get(app.facts) ?? new Map<string, CurveView>()
  curves.set(app.facts, known)
  const key = `${planId} ${limitId}`
  const there = known.get(key)
  if (there && there.error === null) return there
  const base = await basePlan(app, planId)
  const limit = base.limits.find(l => l.id === limitId)
  if (!limit) throw optimizeErrors['optimize.unknown-limit']({ limit: limitId })
  const row = await app.workflow.db
    .selectFrom('plans')
    .select('view')
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
  const used = (row.view as { limits: { id: string; used: number }[] }).limits.find(l => l.id === limitId)?.used ?? 0
  const here = Number.isFinite(limit.max) ? limit.max : used
  const amounts = amountsFor(here, base.kept.relaxed.includes(limitId) ? 0 : limit.min)
  const curve: CurveView = {
    planId,
    limit: limitId,
    name: limit.name,
    unit: limit.unit,
    here,
    marginal: base.prices[limitId] ?? 0,
    points: [],
    done: 0,
    total: amounts.length,
    error: null,
  }
  known.set(key, curve)
  for (const old of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(old)
  void solvePoints(app, planId, curve, amounts).catch((error: unknown) => {
    curve.error = error instanceof Error ? error.message : String(error)
  })
  return curve
}

/** From nothing to twice what there is, closer together at the plan's place; whole numbers. */
export function amountsFor(here: number, least: number): number[] {
  const top = here > 0 ? here * REACH : 100
  const even = Array.from({ length: POINTS - 1 }, (_, i) => Math.round((top * i) / (POINTS - 2)))
  return [...new Set([...even, here].filter(amount => amount >= least))].sort((a, b) => a - b)
}

async function solvePoints(app: App, planId: number, curve: CurveView, amounts: readonly number[]): Promise<void> {
  const base = await basePlan(app, planId)
  // Outwards from the plan's place, whose prices are known.
  const middle = Math.max(0, amounts.indexOf(curve.here))
  const order = [amounts.slice(middle), amounts.slice(0, middle).reverse()]
  for (const side of order) {
    let prices = base.prices
    for (const amount of side) {
      const solved = await solveAgain(
        base,
        { [curve.limit]: { max: amount } },
        {
          threads: app.config.threads,
          prices,
          seconds: POINT_SECONDS,
        },
      )
      curve.done++
      if (!solved.outcome.feasible) continue
      prices = solved.prices
      const { value, bound, contacts, cost } = solved.outcome
      curve.points.push({ amount, value, bound, contacts, cost, marginal: solved.prices[curve.limit]! })
      curve.points.sort((a, b) => a.amount - b.amount)
      smooth(curve.points)
    }
  }
}

/**
 * A plan that keeps a limit keeps a wider one too, and a bound under a wider limit holds under a narrower: so values never fall and
 * bounds never rise above their right neighbour's.
 */
export function smooth(points: CurveView['points']): void {
  for (let i = 1; i < points.length; i++) points[i]!.value = Math.max(points[i]!.value, points[i - 1]!.value)
  for (let i = points.length - 2; i >= 0; i--) points[i]!.bound = Math.min(points[i]!.bound, points[i + 1]!.bound)
}
