/** For tests: Debian's dovecot on free ports of this machine, one user, its own folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const hasDovecot = (): boolean => existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/imap')

export interface Dovecot {
  port: number
  /** Puts a mail into the mailbox, as a mail server would. */
  deliver(mail: string): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (open) return
    await sleep(25)
  }
  throw new Error('dovecot did not start')
}

/** Runs as the user of the test; as root, mail belongs to `nobody`, because dovecot reads no mail of root's. */
export async function startDovecot(password: string): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-dovecot-'))
  const port = await freePort()
  const root = process.getuid?.() === 0
  const me = userInfo().username
  const owner = root ? 'nobody' : me
  const config = join(folder, 'dovecot.conf')
  await mkdir(join(folder, 'mail', 'new'), { recursive: true })
  for (const name of ['cur', 'tmp']) await mkdir(join(folder, 'mail', name), { recursive: true })
  await writeFile(join(folder, 'users'), `bounces:{PLAIN}${password}\n`)
  await writeFile(
    config,
    [
      `base_dir = ${folder}/run`,
      `state_dir = ${folder}/state`,
      `log_path = ${folder}/log`,
      'protocols = imap',
      'ssl = no',
      'disable_plaintext_auth = no',
      'auth_failure_delay = 0',
      'listen = 127.0.0.1',
      ...(root
        ? ['first_valid_uid = 1', 'first_valid_gid = 1']
        : [`default_internal_user = ${me}`, `default_login_user = ${me}`]),
      `mail_location = maildir:${folder}/mail`,
      'passdb {',
      '  driver = passwd-file',
      `  args = ${folder}/users`,
      '}',
      'userdb {',
      '  driver = static',
      `  args = uid=${owner} gid=${root ? 'nogroup' : String(process.getgid?.())} home=${folder}`,
      '}',
      'service imap-login {',
      '  inet_listener imap {',
      `    port = ${port}`,
      '  }',
      '  inet_listener imaps {',
      '    port = 0',
      '  }',
      '  chroot =',
      '}',
      'service anvil {',
      '  chroot =',
      '}',
      '',
    ].join('\n'),
  )
  const own = async () => {
    if (!root) return
    await new Promise<void>(resolve =>
      spawn('chown', ['-R', 'nobody:nogroup', join(folder, 'mail')]).once('exit', () => resolve()),
    )
    await new Promise<void>(resolve => spawn('chmod', ['755', folder]).once('exit', () => resolve()))
  }
  await own()
  let child: ChildProcess
  const start = async () => {
    child = spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore' })
    await untilListening(port)
  }
  const end = () =>
    new Promise<void>(resolve => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
  await start()
  let count = 0
  return {
    port,
    async deliver(mail) {
      await writeFile(join(folder, 'mail', 'new', `${Date.now()}.${count++}.test`), mail.replace(/\r?\n/g, '\r\n'))
      await own()
    },
    async restart() {
      await end()
      await start()
    },
    async stop() {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
