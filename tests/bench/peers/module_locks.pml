/* scenarios/module_locks.txtar for SPIN: one access to a shared table is one step here as well. N threads import M modules in a cycle.
 *
 * As it stands, locks, start and end are as Lockweave has them, and the numbers of states and transitions are the same:
 * - a lock has two words; an acquire that finds it taken parks, takes `taken` when it is free, and then, in a step of its own, sets `locked`;
 * - main starts one thread after the other, waits until each has begun, and is itself the first importer;
 * - a thread says that it has begun, and its end is a step.
 * With -DPLAIN a lock is one bit that is waited for in one step, all threads are there from the start, and neither this nor their end is a step: the
 * abstraction that one would write for SPIN.
 */
#ifndef N
#define N 4
#endif
#ifndef M
#define M 2
#endif

bit present[M], initialising[M], ready[M];
byte owner[M], count[M], waiters[M];       /* owner: thread + 1 */
byte blocking_on[N];                       /* module + 1 */
bit lock_taken[M], wakeup_taken[M];
#ifndef PLAIN
bit lock_locked[M], wakeup_locked[M];
byte lock_owner[M], wakeup_owner[M];
bit started[N], begun[N];
#endif

#define MODULE ((_pid + depth) % M)

#ifdef PLAIN
#define TAKE(l) l##_taken[MODULE] = 1
#define FREE(l) l##_taken[MODULE] = 0
#define ACQUIRE(l, here, after) here: atomic { l##_taken[MODULE] == 0 -> TAKE(l); goto after }
#else
#define TAKE(l) l##_taken[MODULE] = 1; l##_locked[MODULE] = 1; l##_owner[MODULE] = _pid + 1
#define FREE(l) l##_taken[MODULE] = 0; l##_locked[MODULE] = 0; l##_owner[MODULE] = 0
#define ACQUIRE(l, here, after) \
here: atomic { if :: l##_taken[MODULE] == 0 -> TAKE(l); goto after :: else -> goto here##_parked fi }; \
here##_parked: atomic { l##_taken[MODULE] == 0 -> l##_taken[MODULE] = 1; goto here##_got }; \
here##_got: atomic { TAKE(l); goto after }
#endif

/* After an import statement: the one around it goes on. `failed`: _DeadlockError. */
#define RETURN if :: depth == 0 -> failed = 0; goto LAST :: else -> depth--; if :: failed -> goto body_failed :: else -> goto body_ended fi fi

#ifdef PLAIN
#define LAST end_last
#else
#define LAST last
#endif
#define STATEMENT if :: present[MODULE] -> goto is_initialising :: else -> goto look_again fi

#define FINDING 0    /* why the module's lock is wanted, or given back */
#define WAITING 1
#define THEN_WAITING 2

active [N] proctype thread() {
  byte depth = 0, why = 0, other = 0, wanted = 0, seen = 0;
  bit failed = 0;

#ifdef PLAIN
statement: atomic { STATEMENT };
#else
  if
  :: atomic { _pid == 0 -> other = 1; started[1] = 1; goto starting }
  :: atomic { _pid != 0 && started[_pid] -> begun[_pid] = 1; goto statement }
  fi;
starting: atomic { begun[other] -> if :: other + 1 < N -> other++; started[other] = 1; goto starting :: else -> other = 0; STATEMENT fi };
statement: atomic { STATEMENT };
#endif
is_initialising: atomic { if :: initialising[MODULE] -> why = WAITING; goto acquire :: else -> RETURN fi };
look_again: atomic { if :: present[MODULE] -> goto look_closer :: else -> why = FINDING; goto acquire fi };
look_closer: atomic { if :: initialising[MODULE] -> why = FINDING; goto acquire :: else -> RETURN fi };

acquire: atomic { blocking_on[_pid] = MODULE + 1; goto take_lock };
ACQUIRE(lock, take_lock, is_owned);
is_owned: atomic { if :: count[MODULE] == 0 -> goto own :: else -> goto is_mine fi };
is_mine: atomic { if :: owner[MODULE] == _pid + 1 -> goto own :: else -> goto search fi };
own: atomic { owner[MODULE] = _pid + 1; goto own_again };
own_again: atomic { count[MODULE]++; goto owned };
owned: atomic { FREE(lock); goto not_blocked };
not_blocked: atomic { blocking_on[_pid] = 0; if :: why == FINDING -> goto is_present :: else -> goto release fi };

search: atomic { other = owner[MODULE]; goto follow };
follow: atomic { wanted = blocking_on[other - 1]; if :: wanted == 0 -> other = 0; seen = 0; goto want_wakeup :: else -> goto follow_owner fi };
follow_owner: atomic { other = owner[wanted - 1]; wanted = 0;
  if
  :: other == _pid + 1 -> other = 0; seen = 0; goto give_up
  :: other != _pid + 1 && (other == 0 || (seen & (1 << other))) -> other = 0; seen = 0; goto want_wakeup
  :: else -> seen = seen | (1 << other); goto follow
  fi };
give_up: atomic { FREE(lock); goto given_up };
given_up: atomic { blocking_on[_pid] = 0; if :: why == FINDING -> failed = 1 :: else fi; why = 0; RETURN };

want_wakeup: atomic { if :: wakeup_taken[MODULE] == 0 -> TAKE(wakeup); goto one_more_waiter :: else -> goto let_go fi };
one_more_waiter: atomic { waiters[MODULE]++; goto let_go };
let_go: atomic { FREE(lock); goto take_wakeup };
ACQUIRE(wakeup, take_wakeup, pass_on);
pass_on: atomic { FREE(wakeup); goto take_lock };

is_present: atomic { if :: present[MODULE] -> why = THEN_WAITING; goto release :: else -> goto start_body fi };
start_body: atomic { initialising[MODULE] = 1; goto insert };
insert: atomic { present[MODULE] = 1; depth++; goto statement };
body_ended: atomic { ready[MODULE] = 1; goto remove };
remove: atomic { present[MODULE] = 0; goto insert_again };
insert_again: atomic { present[MODULE] = 1; goto initialised };
body_failed: atomic { present[MODULE] = 0; goto initialised };
initialised: atomic { initialising[MODULE] = 0; why = WAITING; goto release };

ACQUIRE(lock, release, owned_by_me);
owned_by_me: atomic { assert(owner[MODULE] == _pid + 1); goto once_less };
once_less: atomic { count[MODULE]--; if :: count[MODULE] == 0 -> goto disown :: else -> goto released fi };
disown: atomic { owner[MODULE] = 0; goto are_there_waiters };
are_there_waiters: atomic { if :: waiters[MODULE] == 0 -> goto released :: else -> goto one_waiter_less fi };
one_waiter_less: atomic { waiters[MODULE]--; goto wake_up };
wake_up: atomic { assert(wakeup_taken[MODULE]); FREE(wakeup); goto released };
released: atomic { FREE(lock); if :: why == THEN_WAITING -> why = WAITING; goto acquire :: else -> why = 0; RETURN fi };

#ifdef PLAIN
end_last: false
#else
last: atomic { true; goto end_ended };
end_ended: false
#endif
}
