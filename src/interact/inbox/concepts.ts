/**
 * What words of both languages speak of, as features beside the n-grams: a seed of some hundred wordings cannot hold every word for
 * "broken". Measured with and without: see classify.test.ts and the comment in features.ts.
 */
const CONCEPTS: Record<string, RegExp> = {
  yes: /^\W*(yes|yep|yeah|ok|okay|sure|fine|deal|agreed|absolutely|gladly)\b|\b(i('ll| will|'d like to)? (take|accept|want|have)|sign (me|us) up|count (me|us) in|go ahead|go for it|proceed|interested in (taking|having)|happy to|glad to|book (it|me|us)|put (me|us) down|i'm in|activate|enrol|accept(ed)?)\b/,
  是: /^(好|可以|行|要|同意|是的|没问题|嗯|愿意|接受|成交|那就)|(我要|给我|帮我(办|开|下|报|登|预|激)|办理|下单|参加|开通|续约|续费|购买|算我|就要|买了|登记一下)/,
  no: /^\W*(no|nope|nah|never|not)\b|\b(no thanks?|no thank you|not interested|decline|pass on|reject|don'?t (need|want)|do not (need|want|wish)|won'?t|will not|can'?t afford|too expensive|decided (against|not)|not going to|no need|no use|not for (me|us)|rather not|skip)\b/,
  否: /不(需要|用|要|买|办|考虑|打算|参加|感兴趣|想买|接受|合适|加入|了)|没(兴趣|需求|有需求|必要|这方面)|算了|拒绝|婉拒|太贵|下次|用不(上|着|到)|放弃|已经有了|买过/,
  hear: /\b(e-?mails?|texts?|messages?|mailing|newsletters?|adverts?|ads|advertising|marketing|spam|lists?|contact|subscription|promotions?|catalogues)\b/,
  听: /短信|邮件|广告|推送|订阅|名单|打扰|骚扰|营销|推广|促销|垃圾|联系我|发信/,
  end: /\b(stop|unsubscribe|remove|delete|cease|quit|take me off|off|no more|never again|opt|withdraw|again|any ?more|leave me|out of)\b/,
  停: /退订|停止|不要再|别再|拒收|取消订阅|删(除|掉)|移(出|除)|撤回|别发|勿|不再|不想再/,
  anger: /\b(disappoint\w*|unhappy|complain\w*|unacceptable|terrible|awful|appalling|furious|angry|disgrace\w*|rude|worst|fed up|cheat\w*|lied|rubbish|shocking|poor|outrageous|dissatisfied|ridiculous|joke|ignor\w+|nobody|compensation|never again|faulty|disgust\w*|annoy\w*|upset|horrible|useless)\b/,
  怒: /投诉|太差|恶劣|不满|失望|气死|骗|坑|垃圾|破公司|差评|太(慢|过分|烂)|很烂|过分|生气|没人(理|接|处理|管|负责)|不理人|告你们|赔偿|说法|忍无可忍|什么(情况|素质|破)|糟糕|愤怒|离谱/,
  fault: /\b(broken|broke|damaged?|cracked|missing|wrong|late|twice|overcharged|charged|incomplete|refund|money back|doesn'?t work|does not work|stopped working|torn?|tore|scratched|smel\w+|mould|wet|peeling|came off|faulty|defective|delayed?|mistake|lost|waiting)\b/,
  坏: /破损|破了|坏|裂|碎|发错|送错|错货|少(了|发|件)|多(收|扣)|重复扣|扣了|退款|退钱|退货|迟到|没(收到|到账|上门)|还没|掉(色|了)|发霉|不亮|漏|延误|丢/,
  ask: /\?|^(\W*(hi|hello|hey|dear \w+),?\s*)?(what|when|where|which|who|why|how|is|are|does|do|can|could|may|would|will|have|has|should)\b|\b(could|can|would) (you|someone)|let me know|wonder\w*|i'd like to know|would like to know|please (tell|explain|advise)|any chance/,
  问: /[?？]|请问|吗|呢$|什么|多少|多久|怎么|如何|哪|几(点|天|个)|能不能|是否|有没有|为什么|想(问|了解|知道)|可不可以|谁/,
  move: /\b(mov(ed|ing)|relocat\w+|new (address|e-?mail|number|phone|mobile|flat|house)|change of|chang(ed?|ing) (my|our|of|the|adress|address)|(has|have) changed|update|correct(ion)?|amend|records|spelled|misspel\w+|surname|maiden|rename\w*|postcode|instead|from now on|redirect|old (number|address)|no longer live|wrong title|my details|profile)\b/,
  改: /搬|新(地址|号码|住址|邮箱|的是|的办公|手机)|改(成|为|名|一下|地址)|更(新|正|换|改)|变更|修改|换(了|成|手机|邮箱|房|号)|写错|登记(错|有误)|有误|应(为|该?是)|停机|停用|旧号|以后.{0,6}(寄|发|用)/,
  detail: /\b(address|adress|phone|mobile|number|e-?mail|surname|name|postcode|street|lane|road|house|flat|bank details|vat|birth|contact person)\b|#/,
  资: /地址|手机|号码|电话|邮箱|名字|姓|户名|邮编|银行卡|住|税号|身份证|生日|出生|联系人|发票|门牌|抬头|街|路\d|收件人/,
  away: /\b(out of (the )?office|on (annual |sick |maternity |parental )?(leave|holiday|vacation)|away|automat\w+|auto-?reply|autoreply|be back|back (on|in|from)|return (to|on|from)|absence|limited access|in the office|closed|urgent|unattended|vacation|holidays?|no longer work|left the (company|firm)|received your|business trip|will (respond|reply|answer|get back))\b/,
  假: /休假|自动|出差|放假|请假|病假|产假|年假|假期|离职|不在|回复您|回来(后|再)?|外出|开会|会议|返(回|岗)|稍后|上班|无人值守|培训|已收到.{0,8}(尽快|回复)|尽快(回复|处理)|系统|调岗|代为|工作日内/,
  thanks: /\b(thanks?|thank you|thx|cheers|merry|happy new|christmas|congrat\w*|welcome|hello|hi|good morning|weekend|noted|received|attached|attachment|lovely|nice|kind|great service)\b/,
  谢: /谢|收到|快乐|祝|你好|您好|附件|辛苦|恭喜|很好|不错|知道了|已阅|晚安|哈哈|客气|加油|愉快/,
  paid: /\b(i|we)('ve| have)? paid\b|payment is on|\bby mistake\b|\bthink about it\b|\bmy (wife|husband) first\b|\bseo\b|\bwholesale\b|\binheritance\b|wrong number/,
  款: /(付|打|转)(了|过去|款)|已(经)?付|发错了.*忽略|打错|考虑考虑|商量|厂家|批发|代开|微信|承接/,
}

/** Names of what a text, in lower case, speaks of. */
export const conceptsIn = (text: string): string[] =>
  Object.entries(CONCEPTS).flatMap(([name, words]) => (words.test(text) ? [name] : []))
