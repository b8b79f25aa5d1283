/** The questions of a survey as a form without a script: behind a link, in the portal, at a kiosk. */
import { type Text, textIn } from '../../platform/text.ts'
import { escaped, pageLang } from '../preference-centre/page.ts'
import { type Question, type Survey, stepsOf } from './survey.ts'

const WORDS = {
  send: { en: 'Send', zh: '提交' },
  low: { en: 'not at all', zh: '完全不会' },
  high: { en: 'certainly', zh: '一定会' },
  bad: { en: 'very dissatisfied', zh: '非常不满意' },
  good: { en: 'very satisfied', zh: '非常满意' },
} satisfies Record<string, Text>

const STYLE = `
fieldset.q{margin:1.25rem 0}
.steps{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0}
.steps.eleven{display:grid;grid-template-columns:repeat(6,1fr)}
.steps.eleven label{min-width:0;padding:0}
@media (min-width:40rem){.steps.eleven{grid-template-columns:repeat(11,1fr)}}
.steps label{min-width:2.75rem;justify-content:center;border:1px solid #7d8a88;border-radius:6px;padding:0 .5rem;position:relative}
.steps label:has(:checked){background:#1f5f5b;color:#fff;border-color:#1f5f5b}
.steps input{position:absolute;opacity:0}
.steps label:focus-within{outline:3px solid #c8552d;outline-offset:2px}
.ends{display:flex;justify-content:space-between;color:#5b6470;font-size:.875rem;gap:1rem}
.scale{max-width:100%}
.scale.five{display:inline-grid}
.steps.five{display:grid;grid-template-columns:repeat(5,minmax(2.75rem,1fr))}
fieldset.q textarea{font:inherit;width:100%;min-height:6rem;padding:.5rem;border:1px solid #7d8a88;border-radius:6px;background:inherit;color:inherit}
@media (prefers-color-scheme:dark){.ends{color:#a9b4ba}}
`

export interface QuestionsShown {
  /** A text in the reader's language, not escaped. */
  say: (text: Text) => string
  /** What was answered before, by attribute. */
  before?: Readonly<Record<string, string>>
  /** Of the fields' names, so that an attribute is never mistaken for a field of the page's own. */
  prefix?: string
}

export function questionFields(survey: Survey, { say, before = {}, prefix = '' }: QuestionsShown): string {
  const one = (question: Question) =>
    `<fieldset class="q"><legend class="strong">${escaped(say(question.ask))}</legend>${inputs(question, say, before[question.attribute] ?? '', prefix)}</fieldset>`
  return `<style>${STYLE}</style>${survey.questions.map(one).join('')}`
}

export function surveyForm(survey: Survey, language: string, before: Readonly<Record<string, string>> = {}): string {
  const lang = pageLang(language) === 'en' ? 'en' : 'zh-CN'
  const say = (text: Text) => textIn(text, lang)
  return `${questionFields(survey, { say, before })}<div class="actions"><button>${escaped(say(WORDS.send))}</button></div>`
}

function inputs(question: Question, say: (text: Text) => string, chosen: string, prefix: string): string {
  const { attribute, kind, options } = question
  const name = `${prefix}${attribute}`
  const radio = (value: string, label: string, means = '') =>
    `<label><input type="radio" name="${name}" value="${escaped(value)}"${means === '' ? '' : ` aria-label="${escaped(`${label}, ${means}`)}"`}${value === chosen ? ' checked' : ''}> ${escaped(label)}</label>`
  if (kind === 'text')
    return `<textarea name="${name}" maxlength="2000" aria-label="${escaped(say(question.ask))}">${escaped(chosen)}</textarea>`
  if (kind === 'choice') return options.map(({ value, label }) => radio(value, say(label))).join('')
  const scale = kind === 'recommendation' ? 'eleven' : 'five'
  const [low, high] = (kind === 'recommendation' ? [WORDS.low, WORDS.high] : [WORDS.bad, WORDS.good]).map(say)
  const all = stepsOf(question)
  // What the ends mean stands below them, and is said with them.
  const meaning = (n: number) => (n === 0 ? low : n === all.length - 1 ? high : '')
  const steps = all.map((step, n) => radio(String(step), String(step), meaning(n)))
  return `<div class="scale ${scale}"><div class="steps ${scale}">${steps.join('')}</div><div class="ends" aria-hidden="true"><span>${escaped(low!)}</span><span>${escaped(high!)}</span></div></div>`
}
