/** Words by which a customer refuses further messages; each provider has its own, and the wording in the message must name one of them. */
export const OPT_OUT_WORDS: readonly string[] = [
  'T',
  'TD',
  'R',
  'N',
  '退订',
  '拒收',
  '取消',
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'QUIT',
  'CANCEL',
  'END',
]

/** The whole reply is the word: "不要退订" is not. Full-width letters, spaces, quotes and full stops do not count. */
export function isOptOut(reply: string, words: readonly string[]): boolean {
  const bare = (text: string): string =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s.,!?;:'"“”‘’。，！？、【】[\]()（）]+/g, '')
  const said = bare(reply)
  return said !== '' && words.some(word => bare(word) === said)
}
