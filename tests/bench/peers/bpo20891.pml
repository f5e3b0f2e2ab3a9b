/* scenarios/bpo20891.txtar for SPIN: one access to a shared variable is one step here as well. N foreign threads, M rounds of main.
 *
 * As it stands, start and end are as Lockweave has them, and the numbers of states and transitions are the same:
 * - main starts the threads in a step of its own, and looks at each in turn until it has ended;
 * - the end of a foreign thread is a step;
 * - who finds the lock taken asks again, which is a transition back to the same state;
 * - in which round main has stopped, and why, nobody knows afterwards;
 * - with -DFIX `created` is never written, and looking at it is no step.
 * With -DPLAIN all threads are there from the start, nobody waits for their end, and who finds the lock taken is blocked: the abstraction that one would write for SPIN.
 *
 * -DFULL: who finds no thread state ends, instead of failing the assertion. -DFIX: the GIL is made, and main's, from the start.
 */
#ifndef N
#define N 4
#endif
#ifndef M
#define M 4
#endif

#ifdef FIX
bit created = 1, locked = 1;
#else
bit created = 0, locked = 0;
#endif
byte current = 1;            /* 0: no thread state; else thread + 1 */
#ifndef PLAIN
bit started, ended[N + 1];
#endif

#define IS_MAIN (_pid == 0)

#ifdef FULL
#define FOUND_NONE FAILED
#else
#define FOUND_NONE assert(current != 0)
#endif

#ifdef PLAIN
#define LAST goto end_last
#define FAILED goto end_failed
#define TAKE(here, after) here: atomic { locked == 0 -> locked = 1; goto after }
#else
#define LAST round = 0; goto last
#define FAILED LAST
#define TAKE(here, after) here: atomic { if :: locked == 0 -> locked = 1; goto after :: else -> goto here fi }
#define NEXT other++; if :: other <= N -> goto look :: else -> other = 0; goto end_last fi
#define LOOK if :: ended[other] -> NEXT :: else -> goto joining fi
#endif

#if defined(FIX) && !defined(PLAIN)
#define AFTER_EXCHANGE goto drop
#define RESTORE goto take
#define BEGIN if :: locked == 0 -> locked = 1; goto set_current :: else -> goto take fi
#define AFTER_RESTORE goto save
#else
#define AFTER_EXCHANGE goto save_created
#define RESTORE goto restore
#define BEGIN if :: created -> goto take :: else -> goto set_current fi
#define AFTER_RESTORE goto ensure_created
#endif
#define EXCHANGE if :: current == 0 -> FOUND_NONE :: else -> current = 0; AFTER_EXCHANGE fi

active [N + 1] proctype thread()
{
	byte round = 0;
#ifdef PLAIN
	if
	:: atomic { IS_MAIN -> EXCHANGE }
	:: atomic { !IS_MAIN && created -> goto take }
	:: atomic { !IS_MAIN && !created -> goto set_current }
	fi;
#else
	byte other = 0;
	if
	:: atomic { IS_MAIN -> started = 1; goto save }
	:: atomic { !IS_MAIN && started -> BEGIN }
	fi;
#endif

restore: atomic { if :: created -> goto take :: else -> goto set_current fi };
TAKE(take, set_current);
set_current: atomic { current = _pid + 1;
	if
	:: IS_MAIN -> round++; if :: round < M -> goto save :: else -> LAST fi
	:: else -> AFTER_RESTORE
	fi };
ensure_created: atomic { if :: created -> goto save :: else -> goto create fi };
create: atomic { created = 1; goto take_created };
TAKE(take_created, save);
save: atomic { EXCHANGE };
save_created: atomic { if :: created -> goto drop :: !created && IS_MAIN -> RESTORE :: else -> LAST fi };
drop: atomic { locked = 0; if :: IS_MAIN -> RESTORE :: else -> LAST fi };

#ifdef PLAIN
end_last: false;
end_failed: false
#else
last: atomic { if :: IS_MAIN -> other = 1; LOOK :: else -> ended[_pid] = 1; goto end_last fi };
joining: atomic { ended[other]; NEXT };
look: atomic { LOOK };
end_last: false
#endif
}
