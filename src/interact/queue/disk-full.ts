import { ChannelDown } from '../channels/channel.ts'

/** An error that says that this machine has no room: of a file of ours, or of an engine that tells in words; null of any other. */
export function diskFull(error: unknown): ChannelDown | null {
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  const says = /ENOSPC|EDQUOT|no space left on device|not enough space|could not extend file/i.exec(
    `${code} ${message}`,
  )
  return says ? new ChannelDown('disk-full', says[0]) : null
}
