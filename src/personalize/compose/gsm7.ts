/**
 * The 7-bit alphabet of SMS, 3GPP TS 23.038, 6.2.1: the default table and its extension (each of those takes two places).
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '\f^{}\\[~]|€'

const places = new Map<string, 1 | 2>()
for (const character of basic) if (character !== '\u001b') places.set(character, 1)
for (const character of extension) places.set(character, 2)

/** Septets a character takes; undefined when the alphabet has it not. */
export const septets = (character: string): 1 | 2 | undefined => places.get(character)
