import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addWorkingMinutes, type WorkingHours, workingMinutesBetween } from './working-hours.ts'

const nineToSix: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]
const shanghai: WorkingHours = {
  zone: 'Asia/Shanghai',
  week: { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [], 7: [] },
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workdays: ['2026-10-10'],
}
const london: WorkingHours = { ...shanghai, zone: 'Europe/London', holidays: [], workdays: [] }
const at = (text: string) => new Date(text)

test('nights, lunch, weekends and holidays do not count; a make-up Saturday does', () => {
  // Wednesday 30 September 17:00 in Shanghai, eight hours of work: one today, seven on Thursday 8 October.
  assert.equal(addWorkingMinutes(at('2026-09-30T09:00:00Z'), 480, shanghai).toISOString(), '2026-10-08T09:00:00.000Z')
  // Friday 9 October 17:30 + one hour: Saturday the 10th is worked.
  assert.equal(addWorkingMinutes(at('2026-10-09T09:30:00Z'), 60, shanghai).toISOString(), '2026-10-10T01:30:00.000Z')
  assert.equal(workingMinutesBetween(at('2026-10-09T09:30:00Z'), at('2026-10-12T01:00:00Z'), shanghai), 30 + 480)
})

test('clocks that change leave the hours on the wall', () => {
  // Friday 27 March 2026 17:00 GMT + two hours: Monday 10:00 summer time.
  assert.equal(addWorkingMinutes(at('2026-03-27T17:00:00Z'), 120, london).toISOString(), '2026-03-30T09:00:00.000Z')
})

test('what was added is what lies between', () => {
  fc.assert(
    fc.property(
      fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-01T00:00:00Z'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 6000 }),
      fc.constantFrom(shanghai, london),
      (from, minutes, hours) => {
        const due = addWorkingMinutes(from, minutes, hours)
        assert.ok(Math.abs(workingMinutesBetween(from, due, hours) - minutes) < 1e-6)
      },
    ),
    { numRuns: 60 },
  )
})
