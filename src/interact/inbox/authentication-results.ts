/** The value of a header Authentication-Results (RFC 8601, 2.2): `mx.example 1; dmarc=pass (p=none) header.from=shop.example; spf=…`. */

export interface AuthenticationResult {
  /** dmarc, dkim, spf … in lower case. */
  method: string
  /** pass, fail, none … in lower case. */
  result: string
  /** By `header.from`, `header.d`, `smtp.mailfrom` …; the first of a name. */
  properties: Readonly<Record<string, string>>
}

export interface AuthenticationResults {
  /** How the server that checked names itself. */
  authservId: string
  results: AuthenticationResult[]
}

/** null: that is no such value. What is malformed in it is left out, never guessed at. */
export function authenticationResults(value: string): AuthenticationResults | null {
  const [head = [], ...parts] = split(value) ?? []
  const [authservId] = head
  if (!authservId || head.includes('=')) return null
  return { authservId, results: parts.flatMap(resultOf) }
}

/** `method [/version] = result`, then `ptype.property = value`. */
function resultOf(tokens: readonly string[]): AuthenticationResult[] {
  const pairs = pairsOf(tokens)
  const [first, ...others] = pairs ?? []
  if (!first) return []
  const properties: Record<string, string> = {}
  for (const [name, value] of others) if (/^[a-z]+\.[\w-]+$/.test(name)) properties[name] ??= value
  return [{ method: first[0].replace(/\/\d+$/, ''), result: first[1].toLowerCase(), properties }]
}

/** null: it does not come in pairs. */
function pairsOf(tokens: readonly string[]): [string, string][] | null {
  const pairs: [string, string][] = []
  for (let at = 0; at < tokens.length; ) {
    // White space may stand around `/`, `.` and `=`, so a name may be several tokens.
    const equals = tokens.indexOf('=', at)
    const value = tokens[equals + 1]
    if (equals <= at || value === undefined || value === '=') return null
    pairs.push([tokens.slice(at, equals).join('').toLowerCase(), value])
    at = equals + 2
  }
  return pairs
}

/** Outside of comments: a word, a quoted string, a mark. Within one, marks of strings are letters like others (RFC 5322, 3.2.2). */
const TOKEN = /[()=;]|"(?:[^"\\]|\\[\s\S])*"|[^\s()=;"\\]+|[\s\S]/y
const IN_COMMENT = /[()]|\\[\s\S]|[^()\\]+|\\/y

/** Words and `=`, part by part as `;` parts them; null: a comment or a string has no end. */
function split(value: string): string[][] | null {
  const parts: string[][] = [[]]
  let depth = 0
  for (let at = 0; at < value.length; ) {
    const pattern = depth > 0 ? IN_COMMENT : TOKEN
    pattern.lastIndex = at
    const token = pattern.exec(value)![0]
    at += token.length
    if (token === '(') depth++
    else if (token === ')') depth--
    else if (depth > 0 || token.trim() === '') continue
    else if (token === ';') parts.push([])
    else if (token === '"' || token === '\\') return null
    else parts.at(-1)!.push(token.startsWith('"') ? token.slice(1, -1).replace(/\\([\s\S])/g, '$1') : token)
    if (depth < 0) return null
  }
  return depth === 0 ? parts : null
}
