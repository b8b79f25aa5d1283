const groupsOf = (half: string): string[] => half.split(':').filter(group => group !== '')

/**
 * The network a request came from, to count by. Whoever has one IPv6 address has 2^64 of them (RFC 7421), so of those the first half is
 * counted; an IPv4 address written as IPv6 is what it was.
 */
export function networkOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (v4) return v4[1]!
  const [left = '', right = ''] = ip.split('::')
  const [head, tail] = [groupsOf(left), groupsOf(right)]
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}
