// The verbs that a function's name may begin with. What is here more often a noun (`name`, `page`, `report`, `state`) is left out.
const verbs = new Set(
  `abort accept acquire adapt add adjust adopt advance aggregate allow announce append apply approve archive
  arrange ask assemble assert assign attach attempt await break bring build cache calculate call can cancel
  capture change check choose clean clear click clone close collapse collect combine commit compare compile
  complete compose compress compute concatenate conceal confirm connect construct consume contain continue convert
  copy correct count cover create cut deal decide declare decline decode dedupe defer define delay delete deliver
  deny derive describe destroy detach detect determine diff disable discard dispatch divide do download drain draw
  drop edit emit empty enable encode end enforce enqueue ensure enter enumerate escape estimate evaluate examine
  exceed exclude exempt exit expand expect expire explain export extend extract fail fetch fill filter find finish
  fire fit fix flag flatten flush fold follow forget format forward free freeze generate get give grant greet
  group guard guess halt handle has hide hold identify ignore implement import include infer inform inject insert
  inspect install interrupt intersect introduce invalidate invoke is iterate join judge keep kill launch leave
  lift list listen load locate log look lower make map mark mask match may measure merge migrate minimise mock
  move must narrow need needs nest normalise normalize note notify obtain omit open override pack pad paint pair
  parse partition pass patch pause peek perform persist pick pin plan pluralise poll pop populate predict prefer
  prepare prepend present preserve press prevent preview print proceed process produce promise prompt propose
  protect prove provide prune publish pull push put quit quote raise reach react read rebase recall receive
  recognise recommend reconcile recover redact redirect reduce refer refill refresh refuse register reject relate
  release reload remember remind remove rename render renew repeat replace reply require reserve reset resolve
  respond restart restore restrict resume rethrow retrieve retry return reuse revert revoke rewrite roll run
  sanitise save say scan seal search see select send separate serialise serialize serve set settle shift shorten
  should show shrink shuffle shut simulate skip sleep slice sort spend splice split spread start stop store stream
  strip submit subscribe subtract suggest sum summarise supply suspend swap switch sync take talk tell test throw
  to toggle tokenise track transfer transform translate traverse trim truncate try turn unblock undo unescape
  unlock unpack unquote unwrap update upload use validate verify veto visit wait walk want warn was watch weigh
  withdraw wrap write yield`.split(/\s+/),
);

/** `findManager`, `isGuest`, `#send`: the first word of the camel-case name is an English verb in the imperative. */
export function isVerbFirst(name: string): boolean {
  const first = /^#?([a-z]+)/.exec(name)?.[1];
  return first !== undefined && verbs.has(first);
}
