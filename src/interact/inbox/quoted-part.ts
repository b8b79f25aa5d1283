/** What somebody wrote, apart from our own message that mail programs put below it: only the first is read for its meaning. */

export interface Parts {
  own: string
  /** Our message as quoted, '' none. */
  quoted: string
}

/** Where mail programs begin a quotation, in both languages; the line and all below it. */
const BEGINS = [
  /^\s*>/,
  /^\s*-{2,}\s*(original message|forwarded message|原始邮件|原邮件|转发邮件|转发的邮件)\s*-{2,}/i,
  /^\s*_{20,}\s*$/,
  /^\s*on .{4,120}(wrote|writes):\s*$/i,
  /^\s*在?\s*.{4,120}(写道|写到|寫道)\s*[：:]\s*$/,
  /^\s*(from|发件人|寄件者)\s*[：:].*(@|<|＜)/i,
]

/** Signs of telephones and the line before a signature (RFC 3676, 4.3) say nothing. */
const TAIL = /^(--\s*|sent from my .{2,40}|get outlook for .*|发自我的.{1,20}|来自我的.{1,20})$/i

export function splitQuoted(text: string): Parts {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const at = lines.findIndex((line, index) => BEGINS.some(begins => begins.test(line)) || wrapped(lines, index))
  const own = at < 0 ? lines : lines.slice(0, at)
  const signature = own.findIndex((line, index) => index > 0 && TAIL.test(line.trim()))
  const kept = (signature < 0 ? own : own.slice(0, signature)).join('\n').trim()
  const quoted = at < 0 ? '' : lines.slice(at).join('\n').trim()
  // Who answers between our lines has written below the mark too: then everything is theirs.
  if (kept === '' && quoted !== '') {
    const between = lines.filter(line => !/^\s*>/.test(line) && !BEGINS.some(begins => begins.test(line)))
    return { own: between.join('\n').trim(), quoted }
  }
  return { own: kept, quoted }
}

/** "On Monday, … \n someone wrote:" folded over two lines. */
const wrapped = (lines: readonly string[], index: number): boolean =>
  /^\s*on .{4,100}$/i.test(lines[index]!) && /(wrote|writes):\s*$/i.test(lines[index + 1] ?? '')
