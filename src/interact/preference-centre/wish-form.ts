/** The preference centre's form: what holds now, and what a sent form says. */
import { z } from 'zod'
import type { WishChange, WishChannel, Wishes } from '../answers/wishes.ts'
import { errors } from '../errors.ts'
import { escaped, type PageLang } from './page.ts'
import { type PageWord, word } from './words.ts'

export const WISH_CHANNELS: readonly WishChannel[] = ['email', 'sms', 'call', 'letter']
const FREQUENCIES = ['', '0', '1', '2', '4', '8']
const LANGUAGES: [string, string][] = [
  ['zh-CN', '简体中文'],
  ['zh-TW', '繁體中文'],
  ['en', 'English'],
]

/** `hidden`: HTML of fields that go along with it. */
export function wishForm(lang: PageLang, wishes: Wishes, hidden = ''): string {
  const say = (key: PageWord) => escaped(word(lang, key))
  const options = (values: readonly (readonly [string, string])[], chosen: string) =>
    values
      .map(
        ([value, label]) =>
          `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(label)}</option>`,
      )
      .join('')
  const channels = WISH_CHANNELS.map(
    channel =>
      `<label><input type="checkbox" name="channel" value="${channel}"${wishes.channels[channel] ? ' checked' : ''}> ${escaped(word(lang, `channel.${channel}`))}</label>`,
  ).join('')
  const frequency = wishes.frequency === null ? '' : String(wishes.frequency)
  const frequencies = FREQUENCIES.includes(frequency) ? FREQUENCIES : [...FREQUENCIES, frequency]
  return (
    `<p>${say('wish.lead')}</p><form method="post">${hidden}` +
    `<fieldset><legend class="strong">${say('wish.channels')}</legend>${channels}</fieldset>` +
    `<label class="field">${say('wish.preferred')}<br><select name="preferred">${options(
      [['', word(lang, 'wish.any')], ...WISH_CHANNELS.map(name => [name, word(lang, `channel.${name}`)] as const)],
      wishes.preferred,
    )}</select></label>` +
    `<label class="field">${say('wish.language')}<br><select name="language">${options(
      [['', word(lang, 'wish.any')], ...LANGUAGES],
      wishes.language,
    )}</select></label>` +
    `<fieldset><legend class="strong">${say('wish.quiet')}</legend><div class="span"><label>${say('wish.from')} <input type="time" name="from" value="${escaped(wishes.quietHours?.from ?? '')}"></label>` +
    `<label>${say('wish.to')} <input type="time" name="to" value="${escaped(wishes.quietHours?.to ?? '')}"></label></div></fieldset>` +
    `<label class="field">${say('wish.frequency')}<br><select name="frequency">${options(
      frequencies.map(value => [value, value === '' ? word(lang, 'wish.no-limit') : value] as const),
      frequency,
    )}</select></label>` +
    `<div class="actions"><button>${say('wish.save')}</button><button class="plain" name="none" value="1">${say('wish.none')}</button></div></form>`
  )
}

const time = z.union([z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d/)])
const FIELDS = {
  preferred: z.enum(['', 'email', 'sms', 'call', 'letter']),
  language: z.enum(['', 'zh-CN', 'zh-TW', 'en']),
  from: time,
  to: time,
  frequency: z.string().regex(/^(|\d|[12]\d|30)$/),
}

/** Only what differs from what holds becomes a statement. */
export function readWishForm(form: URLSearchParams, now: Wishes): WishChange {
  const none = form.get('none') === '1'
  const ticked = new Set(none ? [] : form.getAll('channel'))
  const channels: Partial<Record<WishChannel, boolean>> = {}
  for (const channel of WISH_CHANNELS)
    if (ticked.has(channel) !== now.channels[channel]) channels[channel] = ticked.has(channel)
  if (none) return { channels }
  const read = <K extends keyof typeof FIELDS>(name: K): string => {
    const parsed = FIELDS[name].safeParse(form.get(name) ?? '')
    if (!parsed.success) throw errors['interact.bad-preference']({ field: name })
    return parsed.data
  }
  const [from, to] = [read('from').slice(0, 5), read('to').slice(0, 5)]
  const quiet = from !== '' && to !== '' && from !== to ? `${from}-${to}` : ''
  const said: [keyof NonNullable<WishChange['preferences']>, string, string][] = [
    ['preferred-channel', read('preferred'), now.preferred],
    ['language', read('language'), now.language],
    ['quiet-hours', quiet, now.quietHours ? `${now.quietHours.from}-${now.quietHours.to}` : ''],
    ['frequency', read('frequency'), now.frequency === null ? '' : String(now.frequency)],
  ]
  const preferences = Object.fromEntries(said.filter(([, value, before]) => value !== before).map(([k, v]) => [k, v]))
  return { channels, preferences }
}
