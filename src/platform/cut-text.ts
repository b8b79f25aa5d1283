/** The beginning of a text, `most` UTF-16 units at most, never half a character: 𠮷 and its like are two units, a letter with its marks several. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  let end = 0
  // Twice as far is far enough for any character, and a page of text is not cut into pieces for its first line.
  for (const { index, segment } of characters.segment(text.slice(0, most * 2)))
    if (index + segment.length <= most) end = index + segment.length
    else break
  return text.slice(0, end)
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
