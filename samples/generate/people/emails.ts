import type { Random } from '../random.ts'
import type { Name } from './person.ts'

/** RFC 2606 keeps example.com, .net and .org and the top level .example for such use; no mail can reach anybody there. */
const domains = {
  chinese: [
    'mail.example.com',
    'youxiang.example.net',
    'xinxiang.example.org',
    'example.com',
    'post.example.net',
    'hezi.example',
  ],
  latin: ['letterbox.example', 'example.org', 'mail.example.net', 'inbox.example.com', 'post.example'],
}

export class Emails {
  readonly #taken = new Set<string>()

  draw(random: Random, name: Name, birth: string): string {
    const given = name.givenLatin.toLowerCase()
    const family = name.familyLatin.toLowerCase()
    const year = birth.slice(2, 4)
    for (;;) {
      const local = random.weighted([
        [`${given}.${family}`, 3],
        [`${family}${given}`, 3],
        [`${given}${family}${year}`, 3],
        [`${family}_${given}${random.int(1, 99)}`, 2],
        [`${given.charAt(0)}${family}${random.int(10, 9999)}`, 3],
        [`${family}${given.charAt(0)}${birth.slice(5, 7)}${birth.slice(8)}`, 2],
      ])
      const email = `${local}@${random.pick(name.script === 'chinese' ? domains.chinese : domains.latin)}`
      if (this.#taken.has(email)) continue
      this.#taken.add(email)
      return email
    }
  }

  /** An organisation's own address: info@ its domain below .example. */
  organisation(random: Random, domain: string): string {
    const email = `${random.pick(['info', 'orders', 'buying', 'caigou'])}@${domain}.example`
    this.#taken.add(email)
    return email
  }
}
