import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

/** Programs the tests drive that npm cannot bring, and the Debian packages that do. */
const wanted = [
  { what: 'Chromium', packages: ['chromium'], present: () => existsSync('/usr/bin/chromium') },
  { what: 'CJK fonts', packages: ['fonts-noto-cjk'], present: () => existsSync('/usr/share/fonts/opentype/noto') },
  { what: 'MariaDB', packages: ['mariadb-server'], present: () => existsSync('/usr/sbin/mariadbd') },
  { what: 'Dovecot', packages: ['dovecot-imapd'], present: () => existsSync('/usr/sbin/dovecot') },
  {
    what: 'PostgreSQL',
    packages: ['postgresql'],
    present: () =>
      existsSync('/usr/lib/postgresql') &&
      readdirSync('/usr/lib/postgresql').some(version => existsSync(`/usr/lib/postgresql/${version}/bin/postgres`)),
  },
]

/** Installs what is missing when root on Debian; otherwise says what to install and returns false. */
export function ensureDebianPackages(): boolean {
  const missing = wanted.filter(program => !program.present())
  if (missing.length === 0) return true
  const packages = missing.flatMap(program => program.packages)
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (canInstall) {
    console.log(`installing ${packages.join(' ')} from Debian's packages`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    ])
      spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const still = missing.filter(program => !program.present())
  if (still.length > 0)
    console.error(
      `The tests need ${still.map(program => program.what).join(', ')}. Install: apt-get install ${still.flatMap(program => program.packages).join(' ')}`,
    )
  return still.length === 0
}
