import type { Lang } from '../../platform/errors.ts'

/** What was found wrong or odd with rows of a file, and what was done about it. */
const texts = {
  'no-customer': {
    en: 'left out, no customer is named',
    zh: '未列客户，已略去',
  },
  'bad-date': { en: 'left out, the date cannot be read or is not in the calendar', zh: '日期无法识别或不存在，已略去' },
  'bad-amount': { en: 'left out, the amount cannot be read', zh: '金额无法识别，已略去' },
  'future-date': { en: 'left out, the date lies in the future', zh: '日期在将来，已略去' },
  'zero-amount': {
    en: 'amount 0: counted as purchases, of no value',
    zh: '金额为 0：计为购买，价值为零',
  },
  return: {
    en: 'negative amount: taken as returns, off the purchases before them, not as purchases',
    zh: '金额为负：视为退货，从此前的购买中扣除，不计为购买',
  },
  'return-exceeds': {
    en: 'a return of more than the customer had bought by then: the rest of it is passed over',
    zh: '退货超过该客户此前的购买：超出部分不计',
  },
  duplicate: {
    en: 'standing twice, letter for letter: kept (purchases of one day count once, amounts are added; --drop-duplicates leaves them out)',
    zh: '逐字重复：保留（同日购买只计一次，金额相加；可用 --drop-duplicates 略去）',
  },
  'duplicate-dropped': { en: 'standing twice, letter for letter: left out', zh: '逐字重复：已略去' },
} as const

export type NoteCode = keyof typeof texts

export interface RowNote {
  code: NoteCode
  count: number
  /** Lines of the file, the first ten. */
  rows: number[]
  message: string
}

const SHOWN = 10

export class RowNotes {
  private readonly found = new Map<NoteCode, { count: number; rows: number[] }>()

  add(code: NoteCode, line: number): void {
    let note = this.found.get(code)
    if (!note) {
      note = { count: 0, rows: [] }
      this.found.set(code, note)
    }
    note.count++
    const { rows } = note
    if (rows.length === SHOWN && line > rows[SHOWN - 1]!) return
    let at = rows.length
    while (at > 0 && rows[at - 1]! > line) at--
    rows.splice(at, 0, line)
    if (rows.length > SHOWN) rows.pop()
  }

  in(lang: Lang): RowNote[] {
    return [...this.found].map(([code, { count, rows }]) => {
      const lines = rows.join(', ') + (count > rows.length ? ', …' : '')
      const message =
        lang === 'zh-CN'
          ? `${count} 行（第 ${lines} 行）：${texts[code].zh}`
          : `${count} ${count === 1 ? 'row' : 'rows'} (${lines}): ${texts[code].en}`
      return { code, count, rows, message }
    })
  }
}
