import fc from 'fast-check'

/** For tests: what an attacker or a broken import puts into a field, each with the trace it would leave if it had worked. */
export const hostileTexts: readonly string[] = [
  '#panic("x") $x$ *b* _i_ `r` <label> @ref #include "/d0/main.typ" // /*',
  '"/data.json" "} ] #eval("1 + 1") \\u{41}',
  '{{ brand.name }} {% raw %} {% endfor %} {%- if {{{',
  '</mj-text><mj-raw><script>alert(1)</script></mj-raw>',
  '<img src=x onerror=alert(1)>&lt;"\'',
  'a\r\nBcc: victim@evil.example\r\n\r\nbody',
  'a\nBcc: victim@evil.example',
  'a\rBcc: victim@evil.example',
  'a\u0085Bcc: victim@evil.example\u2028x\u2029y',
  '=?utf-8?B?PHNjcmlwdD4=?=',
  'a@b.example, victim@evil.example',
  'x" <victim@evil.example>, "y',
  'nul\0bell\u0007escape\u001b[31m',
  '\u202egnp.exe\u2066\u2067\u2068\u2069\u200f\u061c',
  'שלום, world. عربي 12',
  '😀👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿\u200d\u200c\u200b',
  '\u0378\u{e0080}\u{10ffff}\ue000\ufffe\ufdd0',
  '\ud800 lone \udc00',
  `e${'\u0301'.repeat(3000)}`,
  'x'.repeat(19_000),
  '汉'.repeat(19_000),
  '\n'.repeat(3000),
  ' \u00a0\u3000'.repeat(2000),
  'x'.repeat(10_000_000),
]

/** The ones above, pieces of them joined, and whatever else can be typed. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts.filter(text => text.length < 5000)) },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '{{',
            '}}',
            '{%',
            '%}',
            '#',
            '$',
            '"',
            '\\',
            '<',
            '>',
            '/*',
            '\r\n',
            '\0',
            '\u202e',
            '\ud83d',
            '[',
            '(',
            '@',
          ),
          fc.string({ unit: 'binary', maxLength: 6 }),
        ),
        { maxLength: 12 },
      )
      .map(parts => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

type Path = readonly string[]

/** Paths of every text in a row of data, of a list the first entry. */
export function* textFields(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value === 'string') yield path
  else if (Array.isArray(value)) {
    if (value.length > 0) yield* textFields(value[0], [...path, '0'])
  } else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) yield* textFields(part, [...path, key])
}

export function withText(value: unknown, [key, ...rest]: Path, text: unknown): unknown {
  if (key === undefined) return text
  if (Array.isArray(value))
    return value.map((part, index) => (String(index) === key ? withText(part, rest, text) : part))
  const object = (value ?? {}) as Record<string, unknown>
  return { ...object, [key]: withText(object[key], rest, text) }
}

/** A schema that lets every text through: what a careless author would write, so that nothing but the composer stands in the way. */
export function careless(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(careless)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, part]) => typeof part === 'object' || !LIMITS.has(key))
      .map(([key, part]) => [key, careless(part)]),
  )
}

const LIMITS = new Set(['maxLength', 'minLength', 'pattern', 'format', 'maxItems', 'const'])
