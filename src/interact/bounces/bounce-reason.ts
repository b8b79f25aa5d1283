/**
 * Why a mail came back, from what the refusing server said. Servers answer in free words; the enhanced status code
 * (RFC 3463) is often missing or wrong, so the words are asked first and the code after them.
 */

export const BOUNCE_REASONS = [
  'user-unknown',
  'host-unknown',
  'moved',
  'not-accepting',
  'mailbox-full',
  'suspended',
  'filtered',
  'too-big',
  'content',
  'spam',
  'virus',
  'authentication',
  'policy',
  'blocked',
  'sender-rejected',
  'rate',
  'relay',
  'security',
  'expired',
  'network',
  'system',
  'delivered',
  'other',
] as const
export type BounceReason = (typeof BOUNCE_REASONS)[number]

/** The address will never take a mail again: it is not to be written to. All others may pass with time or another mail. */
const HARD: ReadonlySet<BounceReason> = new Set(['user-unknown', 'host-unknown', 'moved', 'not-accepting'])

export const isHard = (reason: BounceReason, status: string): boolean => HARD.has(reason) && !status.startsWith('4')

/** Which SMTP command was answered with the refusal, as far as the report says. */
export type RefusedCommand = 'connect' | 'mail' | 'rcpt' | 'data' | ''

/** First match wins: what is said about the sender or the message comes before what is said about the recipient. */
const WORDS: readonly (readonly [BounceReason, RegExp])[] = [
  ['system', /procmail|couldn't create|pipe to \||mailer error|^\s*x-unix/i],
  ['host-unknown', /account or domain may not exist/i],
  ['policy', /groups\.google\.com/i],
  ['not-accepting', /no mx (?:record )?found/i],
  ['virus', /\bvirus(?:es)?\b(?! ?total)|\bmalware\b|infected (?:message|file|attachment|with)|trojan|病毒|ウイルス/i],
  [
    'authentication',
    /\bd(?:marc|kim)\b|\bspf\b|sender policy framework|sender id \(pra\)|unauthenticated (?:email|mail|message)|multiple authentication checks failed|required authentication level|domain owner's? .{0,20}policy|sender is unauthenticated|5\.7\.(?:2[0-46-9]|509|515)\b/i,
  ],
  [
    'blocked',
    /reverse dns|\brdns\b|\bptr\b(?! ?=)|reverse (?:lookup|mapping|address)|does not resolve|cannot find your (?:hostname|reverse)|invalid (?:helo|ehlo)|5\.7\.25\b/i,
  ],
  [
    'mailbox-full',
    /mail ?box (?:is |has |size |storage |quota |limit )*(?:full|exceeded|over|limit)|mailbox for .{1,80} is full|(?:over|exceed(?:s|ed|ing)?|out of|reached|above|not enough|insufficient|beyond)[\w' -]{0,40}(?:quota|disk space|mailbox|storage|space|mail ?box size|allocat)|quota (?:exceed|exceeded|has been|is full|limit|violation|full)|disk quota|user'?s disk|mailbox [\w.@+-]+ is (?:full|over quota)|(?:mail|in)box (?:has|is)[\w' -]{0,30}(?:full|limit|quota|exceeded)|mailfolder is full|maildir(?:ectory)? .{0,20}(?:overdrawn|over quota|full)|folder is full|account is (?:over|full|exceed)|too (?:many|much) (?:messages|mail|data) (?:in|on|stored|for this)|has too many messages|number of messages in recipient'?s mailbox|user has exceeded|user (?:is )?over ?quota|over[ -]?quota|storage (?:limit|quota) |not enough storage|RESOLVER\.?.*(?:over)?quota|boîte (?:aux lettres )?(?:du destinataire )?(?:pleine|saturée)|postfach (?:ist )?voll|casilla llena|буфер|ящик.{0,30}переполнен|邮箱.{0,8}(?:已满|空间不足|容量)|信箱.{0,8}已滿|メールボックスが一杯|空き容量|容量.{0,6}(?:超|不足)/i,
  ],
  [
    'too-big',
    /(?:message|mail|size|header|body|line|attachment)s?[\w' -]{0,30}(?:too (?:big|large|long)|exceed(?:s|ed)?[\w' -]{0,30}(?:size|limit|maximum|length)|over(?:sized| the (?:size|maximum)))|message size|exceed(?:s|ed)? (?:the |a )?(?:fixed |local |administrative |server )?(?:maximum |size )*(?:message size|size limit|limit set by)|length exceeds|max(?:imum)? (?:message |allowed )*size|邮件(?:大小|太大|过大)/i,
  ],
  [
    'rate',
    /too many (?:connections|recipients|sessions|concurrent|errors|emails?|messages|mails|invalid|concurrent)|(?:rate|frequency)[\w -]{0,12}limit|frequency limited|sen(?:t|ding) too (?:many|fast|much)|has sent to too many|throttl|limit exceeded|exceeded (?:the |your )?(?:hourly|daily|maximum|rate|sending|connection)|relay quota|daily .{0,20}quota|slow(?:ing)? down|unusual rate|频率|頻率/i,
  ],
  [
    'relay',
    /relay(?:ing)? (?:access |is |was )?(?:denied|prohibited|not (?:permitted|allowed)|disallowed|rejected)|not (?:permitted|allowed|configured|authori[sz]ed) to relay|(?:cannot|can't|unable to|no|don't|will not|not) relay|insecure mail relay|we do not relay|relay not|open relay|that domain isn't in my list of allowed rcpthosts|5\.7\.54\b|forbidden to relay/i,
  ],
  [
    'sender-rejected',
    /sender (?:address |domain |verify |e-?mail )*(?:rejected|refused|denied|failed|is invalid|not|does not|blacklisted|unknown|must)|domain of sender(?:'s)? address|(?:invalid|bad|unroutable|unresolvable|unverifiable) (?:sender|return|mail ?from|envelope from|reverse)|mail ?from (?:domain|address)|unroutable sender|can(?:not|'t) (?:verify|determine) (?:sender|e-?mail validity)|(?:not|isn't) (?:a )?(?:valid|registered) (?:sender|gateway user)|from domain|returnpath|your (?:domain|address) |(?:group|groupe|gruppe|grupo|gruppo|群組|群组|グループ)[^.]{0,80}(?:may not exist|permission|exist)|5\.1\.[78]\b/i,
  ],
  [
    'spam',
    /(?:identif(?:y|ied)|detected|classif(?:y|ied)|flagged|scored|considered|marked|looks like|appears|rejected|blocked|suspected|likely|tagged|recogni[sz]ed|treated|due to|contains?)[\w' "(:-]{0,40}(?:spam|ube|uce|unsolicited|junk|bulk)\b|\bspam(?: (?:message|content|mail|detected|rejected|blocked|filter|classification|score|probability)|\b[.!]|-?like)|\bube\b|spamassassin|blacklisted (?:url|link|body)|content (?:rejected|filter)|advertis|high probability of spam|anti-?spam|垃圾|스팸|迷惑メール/i,
  ],
  [
    'blocked',
    /(?:black|block|deny|ban)[ -]?list|\b(?:rbl|dnsbl|spamhaus|spamcop|sorbs|barracudacentral|proofpoint|cloudmark|uceprotect)\b|(?:ip|address|host|server|client|network|sender|connection|messages? from|mail from|access)[\w' .:[\]()-]{0,50}(?:banned|blocked|blacklisted|refused|reputation|weren't sent)|(?:banned|blocked|blacklisted|poor|bad|low) (?:sending )?(?:ip|reputation|client|host|sender)|reputation|client host (?:rejected|\[)|client host|not accepting connections|refused to (?:talk|accept)|service not available, closing|closing transmission channel|please use the smtp server of your isp|dynamic (?:ip|address|pool)|dial-?up|access denied[^@]{0,40}(?:ip|banned|sending)|banned|no smtp service here|you are not allowed to connect|connection (?:dropped|rejected)/i,
  ],
  [
    'policy',
    /polic(?:y|ies)|prohibited|protocol violation|message (?:not allowed|refused)|not (?:allowed|permitted) (?:by|to send)|network not allowed|security (?:risk|reasons)|potential(?:ly)? (?:security|harmful|unsafe)|attachment|blocked because its content|header error(?! \(state)|unacceptable content|(?:restricted|forbidden)(?: by)?|5\.7\.9\b/i,
  ],
  [
    'content',
    /(?:rfc ?(?:5322|2822|5321|821|822)|compliant|bare (?:lf|cr)|duplicate header|multiple (?:addresses|subject|from)|malformed (?:header|message|mime|address)|invalid (?:header|mime|content)|headers? too large|media (?:error|not supported)|conversion|8[- ]?bit|non-?ascii|missing (?:date|from|subject|message-id|header)|message (?:header|content) )/i,
  ],
  [
    'moved',
    /(?:mailbox|recipient|user|address|destination|customer|account)[\w' <>@.-]{0,50}(?:has )?moved|no longer on (?:this )?server|not our (?:customer|user)|address (?:has )?changed|forwarding address|new address|change of address|has moved to/i,
  ],
  [
    'suspended',
    /(?:account|mailbox|user|recipient|address|compte|boîte)[\w' <>@.,:;-]{0,80}(?:disabled|suspended|inactive|inactivated|deactivated|locked|blocked|frozen|discontinued|expired|temporarily unavailable|temporary locked|not active|terminated|closed|on hold|bloqu)|(?:disabled|inactive|suspended|frozen|deactivated|blocked|expired) (?:recipient|user|account|mailbox|address)|mailbox (?:is )?(?:temporarily )?(?:disabled|unavailable temporarily)|account is locked|vacation|帐号.{0,6}(?:停用|冻结|锁定)|账号.{0,6}(?:停用|冻结|锁定)|5\.7\.13\b/i,
  ],
  [
    'not-accepting',
    /null mx|does(?:n't| not) (?:receive|accept) (?:any )?(?:e-?)?mail|no mx record|does not accept mail|couldn't find (?:a|any) (?:mail exchanger|host)|(?:mx|mail exchanger)[\w' =.-]{0,30}(?:not found|malformed|missing)|type=mx: malformed|not accept(?:ing)? (?:any )?mail|host does not receive|5\.1\.10\b.*null mx|556 /i,
  ],
  [
    'host-unknown',
    /(?:host|domain)(?: name| or domain name)?[\w' <>@.,:;-]{0,60}(?:not found|unknown|does(?:n't| not) exist|not exist|not reachable|not resolve|invalid|no longer exists)|(?:unknown|invalid|illegal|no such|bad|unrouteable|unroutable) (?:host|domain|mail domain|destination|address domain|recipient domain)|unrout(?:e)?able (?:mail )?(?:address|domain)|domain must resolve|name service error|nxdomain|dns (?:lookup )?(?:failure|error)|no (?:dns|a|such) (?:record|data|entry|host|domain)|host name lookup failure|name or service not known|can(?:not|'t) find (?:any )?(?:host|domain)|account or domain may not exist|all relevant mx records point to non-existent hosts|域名|找不到.{0,6}主机/i,
  ],
  [
    'network',
    /no route to host|network (?:is )?(?:unreachable|error)|connection (?:reset|refused)|too many hops|hop count|mail (?:loop|forwarding loop)|routing loop|loop(?:s)? (?:back|detected)|wasn't able to establish an smtp connection|could not connect|unable to connect|connection lost|lost connection|no relevant answers|malformed or unexpected name server reply|dns error|could(?:n't| not) (?:be )?reach|5\.4\.6\b/i,
  ],
  [
    'expired',
    /(?:message|delivery|mail|retry|queue)[\w' .:-]{0,40}(?:expired|time(?:d)? ?out|timeout)|delivery time expired|retry (?:time|timeout|time not reached)|could not (?:be )?deliver(?:ed)? (?:for|within|in) |been (?:in the queue|delayed|failing for a long time)|will be retried|(?:has|was|been) (?:been )?delayed|timed out|time-?out|too old|not (?:yet )?delivered after|cannot send message for|aborted after|giving up after|still being retried|host not reachable|(?:could|did) not (?:accept|respond)|did not accept our requests to connect|maximum retries|deferred|queued for too long/i,
  ],
  [
    'user-unknown',
    /(?:user|recipient|mailbox|address|account|addressee|alias|person|inbox|local ?part|name|id|userid|destinataire|rcpt|customer|subscriber|destinatario)s?[\w' <>@.,:;"()[\]{}/=+*&#%-]{0,90}(?:unknown|not (?:be )?(?:found|exist|recogni[sz]ed|known|listed|available|valid|here|local|present|registered|a valid|our|on this|unique|have)|does(?:n't| not) (?:exist|have)|doesn't|invalid|no longer|undeliverable|unavailable|rejected|isn't|is not|incorrect|illegal|no mailbox|cannot be found|inconnu|invalide|unbekannt|desconocid|does no exist|do not exist)|(?:unknown|invalid|no such|bad|illegal|incorrect|nonexistent|non-existent|unrecognized|undeliverable|unkown|inexistent) (?:or illegal |final delivery |local |destination |e-?mail )*(?:user|recipient|mailbox|address|account|userid|alias|name|local|person|addressee|rcpt|subscriber|customer)|no (?:such )?(?:user|mailbox|recipient|valid recipients?|account|person|one here|addressee)|no mailbox|not (?:a|listed|our|known|found) (?:valid |in |user|customer|known)|user_?not_?found|recipnotfound|recipientnotfound|recip?ient.{0,10}not.{0,10}found|(?:this|the) (?:user|account|address) (?:doesn't|does not)|there is no (?:one|such)|addressee unknown|address (?:error|rejected)|unable to deliver message to|用户不存在|收件人.{0,10}(?:不存在|无效|拒绝)|帐号不存在|账号不存在|不存在|宛先.{0,10}(?:見つかり|不明)|見つかりません|ユーザー?.{0,20}(?:存在|不明)|not known at|mailbox unavailable|mailbox not found/i,
  ],
  [
    'security',
    /access denied|authentication (?:required|failed)|smtp auth|not authori[sz]ed|unauthenticated senders|authrequired|permission denied|must (?:be authenticated|authenticate|log ?in)|starttls|support tls|\btls\b|certificate|encryption|delivery not authori[sz]ed/i,
  ],
  [
    'system',
    /(?:system|server|internal|local|configuration|i\/o|temporary) (?:error|failure|problem|config)|out of memory|insufficient (?:system )?(?:resources|storage)|service (?:currently |temporarily )?(?:unavailable|refused)|service refuse|unable to contact|ldap|procmail|couldn't create|pipe to|child (?:process|status)|mailer error|mail system|cannot (?:open|create|write)|command (?:parameter )?not implemented|syntax error|unable to (?:open|lock|create|write)|try (?:again )?later|rejected by destination domain/i,
  ],
]

/** RFC 3463: class.subject.detail → what the detail alone says. */
const CODES: readonly (readonly [RegExp, BounceReason])[] = [
  [/^2\./, 'delivered'],
  [/^5\.1\.(?:1|3|10|351)$/, 'user-unknown'],
  [/^5\.1\.0$/, 'user-unknown'],
  [/^5\.1\.2$/, 'host-unknown'],
  [/^5\.1\.6$/, 'moved'],
  [/^\d\.1\.[78]$/, 'sender-rejected'],
  [/^\d\.2\.1$/, 'suspended'],
  [/^\d\.2\.2$/, 'mailbox-full'],
  [/^\d\.2\.3$/, 'too-big'],
  [/^\d\.2\.\d+$/, 'filtered'],
  [/^\d\.3\.4$/, 'too-big'],
  [/^\d\.3\.\d+$/, 'system'],
  [/^5\.4\.4$/, 'host-unknown'],
  [/^\d\.4\.6$/, 'network'],
  [/^\d\.4\.[17]$/, 'expired'],
  [/^\d\.4\.\d+$/, 'network'],
  [/^\d\.5\.[34]$/, 'rate'],
  [/^\d\.5\.\d+$/, 'system'],
  [/^\d\.6\.\d+$/, 'content'],
  [/^\d\.7\.(?:2[0-9]|509|515)$/, 'authentication'],
  [/^\d\.7\.60\d$/, 'blocked'],
  [/^\d\.7\.9$/, 'policy'],
  [/^\d\.7\.13$/, 'suspended'],
  [/^\d\.7\.\d+$/, 'security'],
  [/^4\./, 'expired'],
]

/**
 * @param said what the refusing server answered, or what stands about the recipient in the report
 * @param status enhanced status code, '' when none is known
 */
export function bounceReason(said: string, status: string, command: RefusedCommand, action: string): BounceReason {
  const bare = said.replace(/\s+/g, ' ')
  const words = [bare, withoutFrame(bare)].at(/groups\.google\.com/.test(bare) ? 0 : 1)!
  let reason = WORDS.find(([, pattern]) => pattern.test(words))?.[0]
  // "Unknown user" to the message itself, not to the address, is a filter speaking (it let the address pass).
  if (reason === 'user-unknown' && !/^5\.1\./.test(status) && command !== 'rcpt') {
    const bareCode = status !== '' && !SAID_AT_ONCE.test(bare)
    if (command === 'data' ? bareCode : bareCode && /^5\.(?:0\.0|[237]\.)/.test(status)) return 'filtered'
  }
  if (
    command === 'rcpt' &&
    (reason === 'security' || reason === undefined) &&
    /access denied|address rejected/i.test(words)
  )
    return 'user-unknown'
  if (reason === 'expired' && status.startsWith('5') && /^5\.(?:1\.1|2\.2)/.test(status)) reason = undefined
  reason ??= CODES.find(([pattern]) => pattern.test(status))?.[1]
  if ((reason === 'host-unknown' || reason === 'user-unknown') && command === 'mail') return 'sender-rejected'
  if (action === 'delayed' && (reason === undefined || reason === 'system' || reason === 'network'))
    return reason ?? 'expired'
  return reason ?? (command === 'mail' ? 'sender-rejected' : 'other')
}

/** Servers that say so in the dialogue about the address, whatever the report makes of it. */
const SAID_AT_ONCE = /delivery error: dd|\d{3} <[^<>@\s]+@[^<>@\s]+>: user unknown/i

/** A frame many servers put round every reason, and the page it links to, say nothing of the reason itself. */
const withoutFrame = (said: string): string =>
  said
    .replace(/https?:\/\/\S+/gi, ' ')
    .replace(/recipient address rejected: (?=[a-z]{3}[\w ]{3})/gi, '')
    .replace(/\bgiving up on \S+/gi, ' ')

export function refusedCommand(text: string): RefusedCommand {
  // A transcript: the command above the first refusal.
  let last = ''
  for (const line of text.split('\n')) {
    const asked = /^[\s>]*>>> ?([A-Za-z]+)/.exec(line)?.[1]?.toLowerCase()
    if (asked) last = asked
    else if (/^\s*<<< ?[45]\d\d/.test(line) && /^(?:data|rcpt|mail|ehlo|helo)$/.test(last))
      return last === 'ehlo' || last === 'helo' ? 'connect' : (last as RefusedCommand)
  }
  if (
    /in reply to (?:the )?(?:end of )?data|command:?\s+data\b|after end of data|\(data\)|failed after i sent the message/i.test(
      text,
    )
  )
    return 'data'
  if (/in reply to (?:the )?rcpt|rcpt[ _]to|does not like recipient|smtp:rcpt/i.test(text)) return 'rcpt'
  if (/in reply to (?:the )?mail from|mail[ _]from|does not like sender/i.test(text)) return 'mail'
  if (/initial connection|refused to talk|while connecting|in reply to (?:the )?(?:ehlo|helo)/i.test(text))
    return 'connect'
  return ''
}
