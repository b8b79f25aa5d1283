import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import { runsOfTurn, type TurnRuns } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import type { pageFilter } from './api.ts'
import { ofRun } from './choices.ts'
import { lastMonthOf, type Period, periodOf } from './period.ts'

export type Filter = z.infer<typeof pageFilter>

/** What a page is asked for, with what every statement of it needs. */
export interface Asked {
  app: App
  runs: TurnRuns
  filter: Filter
  period: Period
  currency: string
  segments: ReadonlyMap<string, Text>
  params: Params
}

/** Rows of a `seven_p_*` table that the filter keeps; months are another matter. */
export const INSIDE = `run_id = {segmentsRun:UInt64}
  AND ({segment:String} = '' OR segment = {segment:String})
  AND ({anyCountry:Bool} OR country = {country:String})
  AND ({anyProvince:Bool} OR province = {province:String})`

/** The same of customers, who must have bought in the period when one was asked for. */
export const CUSTOMERS = `${INSIDE} AND ({mask:UInt64} = 0 OR bitAnd(months, {mask:UInt64}) != 0)`

export const ALL = 'run_id = {segmentsRun:UInt64}'
export const IN_PERIOD = 'month >= {fromDay:Date} AND month < {toDay:Date}'

/** `later`: months after the date may be asked for as well. */
export async function asked(app: App, filter: Filter, later: boolean): Promise<Asked> {
  const runs = await runsOfTurn(app)
  const { lastWholeMonth } = await ofRun({ app, runs })
  const last = lastMonthOf(runs.asOf)
  const period = periodOf(runs.asOf, filter, later && lastWholeMonth > last ? lastWholeMonth : last)
  return {
    app,
    runs,
    filter,
    period,
    currency: 'GBP',
    segments: await segmentNames(app),
    params: {
      segmentsRun: runs.segments,
      identityRun: runs.identity,
      asOf: runs.asOf,
      segment: filter.segment,
      anyCountry: filter.country === '',
      country: filter.country === '?' ? '' : filter.country,
      anyProvince: filter.province === '',
      province: filter.province === '?' ? '' : filter.province,
      mask: period.mask,
      bits: period.bits,
      fromDay: period.fromDay,
      toDay: period.toDay,
    },
  }
}

export const isFiltered = ({ filter, period }: Asked): boolean =>
  filter.segment !== '' || filter.country !== '' || filter.province !== '' || period.given
