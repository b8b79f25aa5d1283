/** A form as it was typed, without the characters that no keyboard types and no store takes (U+0000 above all). */
export const typedForm = (body: unknown): URLSearchParams =>
  new URLSearchParams(
    [...new URLSearchParams(typeof body === 'string' ? body : '')].map(([name, value]) => [
      name,
      value.replace(/[^\P{Cc}\n\t\r]/gu, ''),
    ]),
  )
