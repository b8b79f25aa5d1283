const decoder = new TextDecoder()

/** Signs and codes that stand for a currency, where an amount carries one. */
const SIGNS: Record<string, string> = {
  '¥': 'CNY',
  '￥': 'CNY',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  元: 'CNY',
  圆: 'CNY',
}

/** Reads amounts from bytes, and notes which currencies they carry and on which line first. */
export class AmountReader {
  readonly currencies = new Map<string, number>()

  /** NaN for what is not an amount. */
  read(bytes: Uint8Array, from: number, to: number, line: number): number {
    let i = from
    const negative = bytes[i] === 45
    if (negative || bytes[i] === 43) i++
    let value = 0
    let digits = 0
    let decimals = -1
    for (; i < to; i++) {
      const digit = bytes[i]! - 48
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit
        digits++
        if (decimals >= 0) decimals++
      } else if (bytes[i] === 46 && decimals < 0) decimals = 0
      else break
    }
    // Exactly rounded: a whole number below 2^53 over a power of ten below 10^23.
    if (i === to && digits > 0 && digits < 16) {
      const size = decimals > 0 ? value / TENS[decimals]! : value
      return negative ? -size : size
    }
    return this.readText(decoder.decode(bytes.subarray(from, to)), line)
  }

  private readText(text: string, line: number): number {
    let rest = text.trim()
    let negative = false
    if (/^\(.*\)$/.test(rest)) {
      negative = true
      rest = rest.slice(1, -1)
    }
    const currency = /[¥￥$€£元圆]|\b[A-Z]{3}\b/.exec(rest)?.[0]
    if (currency) rest = rest.replace(currency, '')
    rest = rest.replaceAll(/[\s\u00a0']/g, '').replace('−', '-')
    // 1,234.50 and 1.234,50 and 12,5
    if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(rest)) rest = rest.replaceAll(',', '')
    else if (/^[-+]?\d{1,3}(\.\d{3})+(,\d+)$/.test(rest) || /^[-+]?\d+,\d{1,2}$/.test(rest))
      rest = rest.replaceAll('.', '').replace(',', '.')
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(rest)) return Number.NaN
    if (currency) this.note(SIGNS[currency] ?? currency, line)
    return negative ? -Number(rest) : Number(rest)
  }

  note(currency: string, line: number): void {
    if (!this.currencies.has(currency)) this.currencies.set(currency, line)
  }
}

const TENS = Array.from({ length: 17 }, (_, k) => 10 ** k)
