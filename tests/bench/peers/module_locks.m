-- module_locks.pml with -DPLAIN for rumur: the same places, one access to a shared table is one rule. N threads import M modules in a cycle.
-- Threads are numbers and no scalarset, as processes are for SPIN: no symmetry. What SPIN takes for an end state (everybody has ended) has
-- the rule `over` here, so that it is no deadlock.
const
  N: 4;
  M: 2;

type
  Thread: 0..N-1;
  Module: 0..M-1;
  Reason: enum { Finding, Waiting, ThenWaiting };  -- why the module's lock is wanted, or given back
  Place: enum { Statement, IsInitialising, LookAgain, LookCloser,
                Acquire, TakeLock, IsOwned, IsMine, Own, OwnAgain, Owned, NotBlocked,
                Search, Follow, FollowOwner, GiveUp, GivenUp,
                WantWakeup, OneMoreWaiter, LetGo, TakeWakeup, PassOn,
                IsPresent, StartBody, Insert, BodyEnded, Remove, InsertAgain, BodyFailed, Initialised,
                Release, OwnedByMe, OnceLess, Disown, AreThereWaiters, OneWaiterLess, WakeUp, Released, Last };

var
  present, initialising, ready, lock, wakeup: array [Module] of boolean;
  owner: array [Module] of 0..N;         -- thread + 1
  count, waiters: array [Module] of 0..N;
  blocking_on: array [Thread] of 0..M;   -- module + 1
  place: array [Thread] of Place;
  depth: array [Thread] of 0..M;
  why: array [Thread] of Reason;
  other: array [Thread] of 0..N;
  wanted: array [Thread] of 0..M;
  seen: array [Thread] of array [Thread] of boolean;
  failed: array [Thread] of boolean;

-- After an import statement: the one around it goes on.
procedure return_from(t: Thread);
begin
  if depth[t] = 0 then
    failed[t] := false;
    place[t] := Last;
  else
    depth[t] := depth[t] - 1;
    place[t] := failed[t] ? BodyFailed : BodyEnded;
  endif;
end;

procedure forget_search(t: Thread);
begin
  other[t] := 0;
  for u: Thread do seen[t][u] := false; endfor;
end;

startstate begin
  for m: Module do
    present[m] := false; initialising[m] := false; ready[m] := false; lock[m] := false; wakeup[m] := false;
    owner[m] := 0; count[m] := 0; waiters[m] := 0;
  endfor;
  for t: Thread do
    blocking_on[t] := 0; place[t] := Statement; depth[t] := 0; why[t] := Finding; wanted[t] := 0; failed[t] := false;
    forget_search(t);
  endfor;
end;

ruleset t: Thread do
  alias m: (t + depth[t]) % M do
    rule "step"
      place[t] != Last & !((place[t] = TakeLock | place[t] = Release) & lock[(t + depth[t]) % M]) & !(place[t] = TakeWakeup & wakeup[(t + depth[t]) % M])
    ==> begin
      switch place[t]
        case Statement: place[t] := present[m] ? IsInitialising : LookAgain;
        case IsInitialising: if initialising[m] then why[t] := Waiting; place[t] := Acquire; else return_from(t); endif;
        case LookAgain: if present[m] then place[t] := LookCloser; else why[t] := Finding; place[t] := Acquire; endif;
        case LookCloser: if initialising[m] then why[t] := Finding; place[t] := Acquire; else return_from(t); endif;

        case Acquire: blocking_on[t] := m + 1; place[t] := TakeLock;
        case TakeLock: lock[m] := true; place[t] := IsOwned;
        case IsOwned: place[t] := count[m] = 0 ? Own : IsMine;
        case IsMine: place[t] := owner[m] = t + 1 ? Own : Search;
        case Own: owner[m] := t + 1; place[t] := OwnAgain;
        case OwnAgain: count[m] := count[m] + 1; place[t] := Owned;
        case Owned: lock[m] := false; place[t] := NotBlocked;
        case NotBlocked: blocking_on[t] := 0; place[t] := why[t] = Finding ? IsPresent : Release;

        case Search: other[t] := owner[m]; place[t] := Follow;
        case Follow:
          wanted[t] := blocking_on[other[t] - 1];
          if wanted[t] = 0 then forget_search(t); place[t] := WantWakeup; else place[t] := FollowOwner; endif;
        case FollowOwner:
          other[t] := owner[wanted[t] - 1];
          wanted[t] := 0;
          if other[t] = t + 1 then forget_search(t); place[t] := GiveUp;
          elsif other[t] = 0 then forget_search(t); place[t] := WantWakeup;
          elsif seen[t][other[t] - 1] then forget_search(t); place[t] := WantWakeup;
          else seen[t][other[t] - 1] := true; place[t] := Follow;
          endif;
        case GiveUp: lock[m] := false; place[t] := GivenUp;
        case GivenUp:
          blocking_on[t] := 0;
          if why[t] = Finding then failed[t] := true; endif;
          why[t] := Finding;
          return_from(t);

        case WantWakeup: if !wakeup[m] then wakeup[m] := true; place[t] := OneMoreWaiter; else place[t] := LetGo; endif;
        case OneMoreWaiter: waiters[m] := waiters[m] + 1; place[t] := LetGo;
        case LetGo: lock[m] := false; place[t] := TakeWakeup;
        case TakeWakeup: wakeup[m] := true; place[t] := PassOn;
        case PassOn: wakeup[m] := false; place[t] := TakeLock;

        case IsPresent: if present[m] then why[t] := ThenWaiting; place[t] := Release; else place[t] := StartBody; endif;
        case StartBody: initialising[m] := true; place[t] := Insert;
        case Insert: present[m] := true; depth[t] := depth[t] + 1; place[t] := Statement;
        case BodyEnded: ready[m] := true; place[t] := Remove;
        case Remove: present[m] := false; place[t] := InsertAgain;
        case InsertAgain: present[m] := true; place[t] := Initialised;
        case BodyFailed: present[m] := false; place[t] := Initialised;
        case Initialised: initialising[m] := false; why[t] := Waiting; place[t] := Release;

        case Release: lock[m] := true; place[t] := OwnedByMe;
        case OwnedByMe: assert "who releases a module's lock owns it" owner[m] = t + 1; place[t] := OnceLess;
        case OnceLess: count[m] := count[m] - 1; place[t] := count[m] = 0 ? Disown : Released;
        case Disown: owner[m] := 0; place[t] := AreThereWaiters;
        case AreThereWaiters: place[t] := waiters[m] = 0 ? Released : OneWaiterLess;
        case OneWaiterLess: waiters[m] := waiters[m] - 1; place[t] := WakeUp;
        case WakeUp: assert "who waits is waiting" wakeup[m]; wakeup[m] := false; place[t] := Released;
        case Released:
          lock[m] := false;
          if why[t] = ThenWaiting then why[t] := Waiting; place[t] := Acquire; else why[t] := Finding; return_from(t); endif;
      endswitch;
    end;
  endalias;
endruleset;

rule "over" forall t: Thread do place[t] = Last endforall ==> begin end;
