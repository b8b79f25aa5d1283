/** How many SMS a text takes: GSM 03.38 has 160 places in one and 153 in each of several, UCS-2 70 and 67. */
export function segments(text: string): number {
  // Printable ASCII is what both alphabets share.
  const plain = /^[\n\r -~]*$/.test(text)
  const [one, many] = plain ? [160, 153] : [70, 67]
  return text.length === 0 ? 0 : text.length <= one ? 1 : Math.ceil(text.length / many)
}
