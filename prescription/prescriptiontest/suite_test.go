package prescriptiontest_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptiontest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	prescriptiontest.TestStore(t, func(*testing.T) prescription.Store { return prescription.NewMemory() })
}

func TestCheckStoreSaysNothingOfAGoodStore(t *testing.T) {
	assert.NoError(t, prescriptiontest.CheckStore(t.Context(), func() prescription.Store { return prescription.NewMemory() }))
}

func TestAStoreWithoutOutboxPasses(t *testing.T) {
	open := func() prescription.Store { return struct{ prescription.Store }{prescription.NewMemory()} }
	assert.NoError(t, prescriptiontest.CheckStore(t.Context(), open))
}

// broken is the memory store with one of its methods replaced.
type broken struct {
	*prescription.Memory
	create func(*prescription.Memory, context.Context, prescription.New) (prescription.Prescription, error)
	change func(*prescription.Memory, context.Context, prescription.Change) (prescription.Prescription, prescription.Applied, error)
	get    func(*prescription.Memory, context.Context, prescription.ID) (prescription.Prescription, error)
	audit  func(*prescription.Memory, context.Context, prescription.ID) ([]prescription.AuditEntry, error)
	claim  func(*prescription.Memory, context.Context, time.Time, time.Time, int) ([]prescription.Message, error)
	done   func(*prescription.Memory, context.Context, prescription.MessageID) error
	retry  func(*prescription.Memory, context.Context, prescription.MessageID, time.Time, string) error
	giveUp func(*prescription.Memory, context.Context, prescription.MessageID, time.Time, string) error
}

func (b broken) GiveUp(ctx context.Context, m prescription.MessageID, at time.Time, code string) error {
	if b.giveUp != nil {
		return b.giveUp(b.Memory, ctx, m, at, code)
	}
	return b.Memory.GiveUp(ctx, m, at, code)
}

// stored is a prescription as it is now; the zero one if there is none.
func stored(m *prescription.Memory, ctx context.Context, id prescription.ID) prescription.Prescription {
	p, _ := m.Get(ctx, id)
	return p
}

// ofSame are the prescriptions of the same citizen.
func ofSame(m *prescription.Memory, ctx context.Context, n prescription.New) []prescription.Prescription {
	found, _ := m.ForPatient(ctx, n.Prescription.Tenant, n.Prescription.Patient.Pseudonym, "", 100)
	return found
}

func (b broken) Create(ctx context.Context, n prescription.New) (prescription.Prescription, error) {
	if b.create != nil {
		return b.create(b.Memory, ctx, n)
	}
	return b.Memory.Create(ctx, n)
}

func (b broken) Change(ctx context.Context, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	if b.change != nil {
		return b.change(b.Memory, ctx, c)
	}
	return b.Memory.Change(ctx, c)
}

func (b broken) Get(ctx context.Context, id prescription.ID) (prescription.Prescription, error) {
	if b.get != nil {
		return b.get(b.Memory, ctx, id)
	}
	return b.Memory.Get(ctx, id)
}

func (b broken) Audit(ctx context.Context, id prescription.ID) ([]prescription.AuditEntry, error) {
	if b.audit != nil {
		return b.audit(b.Memory, ctx, id)
	}
	return b.Memory.Audit(ctx, id)
}

func (b broken) Claim(ctx context.Context, now, until time.Time, n int) ([]prescription.Message, error) {
	if b.claim != nil {
		return b.claim(b.Memory, ctx, now, until, n)
	}
	return b.Memory.Claim(ctx, now, until, n)
}

func (b broken) Done(ctx context.Context, m prescription.MessageID) error {
	if b.done != nil {
		return b.done(b.Memory, ctx, m)
	}
	return b.Memory.Done(ctx, m)
}

func (b broken) Retry(ctx context.Context, m prescription.MessageID, at time.Time, code string) error {
	if b.retry != nil {
		return b.retry(b.Memory, ctx, m, at, code)
	}
	return b.Memory.Retry(ctx, m, at, code)
}

// atAnyVersion does a change whatever the version is.
func atAnyVersion(m *prescription.Memory, ctx context.Context, c prescription.Change) (prescription.Prescription, prescription.Applied, error) {
	for {
		p, err := m.Get(ctx, c.ID)
		if err != nil {
			return p, "", err
		}
		c.Version = p.Version
		p, applied, err := m.Change(ctx, c)
		if !errors.Is(err, prescription.ErrConflict{}) {
			return p, applied, err
		}
	}
}

func noReport(c prescription.Change) bool { return c.Report == "" }

type (
	p7n     = prescription.Prescription
	memory  = *prescription.Memory
	applied = prescription.Applied
)

// TestBrokenStoresAreFound is the test of the suite: each defect, and the case
// that must name it.
func TestBrokenStoresAreFound(t *testing.T) {
	var counter atomic.Int64
	tests := []struct {
		name, want string
		store      broken
	}{
		{"ignores the version", "a change at another version", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				if noReport(c) {
					return atAnyVersion(m, ctx, c)
				}
				return m.Change(ctx, c)
			}}},
		{"reads the version first and writes later", "of sixteen changes at one version", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, err := m.Get(ctx, c.ID)
				if err != nil || p.Version != c.Version || !noReport(c) {
					return m.Change(ctx, c)
				}
				runtime.Gosched()
				return atAnyVersion(m, ctx, c)
			}}},
		{"takes version 0 for any", "without a version", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				if c.Version == 0 && noReport(c) {
					return atAnyVersion(m, ctx, c)
				}
				return m.Change(ctx, c)
			}}},
		{"forgets the key", "with the same key and content", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Prescription.Key += fmt.Sprint("-", counter.Add(1))
				return m.Create(ctx, n)
			}}},
		{"looks for the key first and writes later", "fifty creates", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				asked := n
				asked.OnlyStored = true
				p, err := m.Create(ctx, asked)
				if !errors.Is(err, prescription.ErrNotFound) || n.OnlyStored {
					return p, err
				}
				for range 100 {
					runtime.Gosched()
				}
				key := n.Prescription.Key
				n.Prescription.Key += fmt.Sprint("-", counter.Add(1))
				p, err = m.Create(ctx, n)
				p.Key = key
				return p, err
			}}},
		{"gives the stored one for other content", "other content is refused", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Content = "always the same"
				return m.Create(ctx, n)
			}}},
		{"does not compare the identity number", "other content is refused", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				if p, err := m.Create(ctx, n); !errors.Is(err, prescription.ErrKeyReused) || n.Content == "other" {
					return p, err
				}
				return n.Prescription, nil
			}}},
		{"does not compare what is replaced", "in the place of another prescription", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				asked := n
				asked.OnlyStored = true
				for _, p := range ofSame(m, ctx, n) {
					if p.Key == n.Prescription.Key {
						asked.Prescription.Replaces = p.Replaces
					}
				}
				if p, err := m.Create(ctx, asked); !errors.Is(err, prescription.ErrNotFound) || n.OnlyStored {
					return p, err
				}
				return m.Create(ctx, n)
			}}},
		{"writes when asked for what is stored", "asked only for what is stored", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.OnlyStored = false
				return m.Create(ctx, n)
			}}},
		{"ignores the tenant", "keys are the tenant's own", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Prescription.Tenant = "999999999"
				return m.Create(ctx, n)
			}}},
		{"keeps seconds only", "in UTC and whole microseconds", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Prescription.Issued = n.Prescription.Issued.Truncate(time.Second)
				return m.Create(ctx, n)
			}}},
		{"gives local times", "in UTC and whole microseconds", broken{
			get: func(m memory, ctx context.Context, id prescription.ID) (p7n, error) {
				p, err := m.Get(ctx, id)
				p.Issued = p.Issued.In(time.FixedZone("", 3600))
				return p, err
			}}},
		{"forgets that reports came", "comes again is a duplicate", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				if !noReport(c) {
					c.Report += fmt.Sprint("-", counter.Add(1))
				}
				return m.Change(ctx, c)
			}}},
		{"takes another report for a duplicate", "with the id of another", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if errors.Is(err, prescription.ErrReportReused) {
					return stored(m, ctx, c.ID), prescription.Duplicate, nil
				}
				return p, a, err
			}}},
		{"shares report ids between prescriptions", "report ids are the prescription's own", broken{change: sharedReports()}},
		{"refuses what is late", "a late report changes nothing", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if a == prescription.Late {
					return p, "", prescription.ErrNotAllowed{State: p.State, Event: c.Event}
				}
				return p, a, err
			}}},
		{"cuts what the policy says", "what a policy says", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if errors.Is(err, prescription.ErrPolicy) {
					err = errors.New(err.Error())
				}
				return p, a, err
			}}},
		{"lets what has expired go on", "expires at its time", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				c.Received = time.Time{}
				return m.Change(ctx, c)
			}}},
		{"judges expiry by when the report came", "expires at its time", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				c.At = c.Received
				return m.Change(ctx, c)
			}}},
		{"remembers a report that came too late", "expires at its time", broken{change: rememberedReports()}},
		{"lets wait what a wrong clock put off", "what a clock that was wrong", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]prescription.Message, error) {
				return m.Claim(ctx, now, until.AddDate(100, 0, 0), n)
			}}},
		{"loses the reason of what is confirmed", "what is confirmed keeps", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if c.Event == prescription.EventConfirmCancel {
					p.Reason = c.Reason
				}
				return p, a, err
			}}},
		{"loses the newest audit entry", "its audit entry", broken{
			audit: func(m memory, ctx context.Context, id prescription.ID) ([]prescription.AuditEntry, error) {
				entries, err := m.Audit(ctx, id)
				return entries[:max(0, len(entries)-1)], err
			}}},
		{"gives audit entries newest first", "its audit entry", broken{
			audit: func(m memory, ctx context.Context, id prescription.ID) ([]prescription.AuditEntry, error) {
				entries, err := m.Audit(ctx, id)
				for i := range len(entries) / 2 {
					j := len(entries) - 1 - i
					entries[i], entries[j] = entries[j], entries[i]
				}
				return entries, err
			}}},
		{"knows everything", "what is unknown is not found", broken{
			audit: func(m memory, ctx context.Context, id prescription.ID) ([]prescription.AuditEntry, error) {
				entries, _ := m.Audit(ctx, id)
				return entries, nil
			}}},
		{"writes after the context has ended", "a context that has ended", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				return m.Create(context.WithoutCancel(ctx), n)
			}}},
		{"sends no message with a create", "keys are the tenant's own", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Messages = nil
				return m.Create(ctx, n)
			}}},
		{"writes the prescription of a refused change", "that the table does not have is refused", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if errors.As(err, new(prescription.ErrNotAllowed)) {
					c.Rows[0].From = prescription.States()
					_, _, _ = m.Change(ctx, c)
				}
				return p, a, err
			}}},
		{"hands out what others have", "nobody else's until the lease ends", broken{
			claim: func(m memory, ctx context.Context, now, _ time.Time, n int) ([]prescription.Message, error) {
				return m.Claim(ctx, now, now, n)
			}}},
		{"counts only what failed", "that did not come back", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]prescription.Message, error) {
				messages, err := m.Claim(ctx, now, until, n)
				for i := range messages {
					messages[i].Attempts = 1
				}
				return messages, err
			}}},
		{"hands out what is not due", "when it is due and not before", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]prescription.Message, error) {
				return m.Claim(ctx, now.Add(time.Hour), until, n)
			}}},
		{"forgets what is handed out", "come in order", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]prescription.Message, error) {
				messages, err := m.Claim(ctx, now, until, n)
				for _, msg := range messages {
					_ = m.Done(ctx, msg.ID)
				}
				return messages, err
			}}},
		{"does not forget what is done", "that is done never comes again", broken{
			done: func(memory, context.Context, prescription.MessageID) error { return nil }}},
		{"lets a cancellation wait behind its announcement", "makes its messages due", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if p.State.Ended() {
					_ = m.Retry(ctx, prescription.MessageID(c.ID+"/1"), c.Received.Add(time.Hour), "timeout")
				}
				return p, a, err
			}}},
		{"forgets the code of a retry", "comes at its time with its code", broken{
			retry: func(m memory, ctx context.Context, id prescription.MessageID, at time.Time, _ string) error {
				return m.Retry(ctx, id, at, "")
			}}},
		{"lets a citizen have two", "a second one of a tool", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Second = true
				return m.Create(ctx, n)
			}}},
		{"looks for rivals first and writes later", "sixteen creates at the same time", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				p := n.Prescription
				found, err := m.ForPatient(ctx, p.Tenant, p.Patient.Pseudonym, "", 100)
				if err != nil || len(found) > 0 || n.OnlyStored {
					return m.Create(ctx, n)
				}
				for range 100 {
					runtime.Gosched()
				}
				n.Second = true
				return m.Create(ctx, n)
			}}},
		{"never gives a second one", "a second one of a tool", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				n.Second = false
				return m.Create(ctx, n)
			}}},
		{"leaves the one that was replaced", "takes the place of another", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				if n.Previous != nil && n.Previous.Version == 1 && n.Follows(stored(m, ctx, n.Previous.ID)) == nil {
					n.Previous, n.Second = nil, true
				}
				return m.Create(ctx, n)
			}}},
		{"replaces anybody's", "takes the place of another", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				if n.Previous != nil {
					n.Prescription.Patient = stored(m, ctx, n.Previous.ID).Patient
				}
				return m.Create(ctx, n)
			}}},
		{"renews any tool", "takes the place of another", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				if n.Previous != nil && n.Previous.Reason == prescription.ReasonRenewed {
					c := *n.Previous
					c.Reason, n.Previous = prescription.ReasonReplaced, &c
				}
				return m.Create(ctx, n)
			}}},
		{"replaces only what goes on", "what has ended or expired", broken{
			create: func(m memory, ctx context.Context, n prescription.New) (p7n, error) {
				if n.Previous != nil {
					n.Previous.Rows = n.Previous.Rows[:1]
				}
				return m.Create(ctx, n)
			}}},
		{"extends to the same end", "an extension makes", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				if !c.Expires.IsZero() {
					c.Expires = c.Expires.Add(time.Second)
				}
				return m.Change(ctx, c)
			}}},
		{"forgets who takes over", "a transfer changes", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				c.Prescriber = prescription.Actor{}
				return m.Change(ctx, c)
			}}},
		{"forgets notes", "notes come back", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				c.Note = ""
				return m.Change(ctx, c)
			}}},
		{"lets the therapist wait for the portal", "messages for others", broken{
			claim: func(m memory, ctx context.Context, now, until time.Time, n int) ([]prescription.Message, error) {
				return m.Claim(ctx, now, until, min(n, 1))
			}}},
		{"tries again what was given up", "a message that is given up", broken{
			giveUp: func(m memory, ctx context.Context, id prescription.MessageID, at time.Time, code string) error {
				return m.Retry(ctx, id, at, code)
			}}},
	}
	require.GreaterOrEqual(t, len(tests), 5)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := prescriptiontest.CheckStore(t.Context(), func() prescription.Store {
				tt.store.Memory = prescription.NewMemory()
				return tt.store
			})
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

// sharedReports remembers reports in one list for all prescriptions.
func sharedReports() func(memory, context.Context, prescription.Change) (p7n, applied, error) {
	var seen sync.Map // of the store that saw report r1
	return func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
		if c.Report != "r1" || c.Event == prescription.EventResume {
			return m.Change(ctx, c)
		}
		p, err := m.Get(ctx, c.ID)
		if _, before := seen.LoadOrStore(m, true); before && err == nil {
			return p, prescription.Duplicate, nil
		}
		return m.Change(ctx, c)
	}
}

// rememberedReports remembers late reports too, whatever made them late.
func rememberedReports() func(memory, context.Context, prescription.Change) (p7n, applied, error) {
	var late sync.Map
	return func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
		if _, before := late.Load(memoryReport{m, c.ID, c.Report}); before {
			return stored(m, ctx, c.ID), prescription.Duplicate, nil
		}
		p, a, err := m.Change(ctx, c)
		if a == prescription.Late {
			late.Store(memoryReport{m, c.ID, c.Report}, true)
		}
		return p, a, err
	}
}

type memoryReport struct {
	memory
	id     prescription.ID
	report string
}

// lister is the memory store with a list replaced.
type lister struct {
	*prescription.Memory
	ofPatient func(*prescription.Memory, context.Context, string, string, prescription.ID, int) ([]prescription.Prescription, error)
	overdue   func(*prescription.Memory, context.Context, string, prescription.Overdue, prescription.Prescription, int) ([]prescription.Prescription, error)
	over      func(*prescription.Memory, context.Context, string, prescription.State, time.Time, prescription.Prescription, int) ([]prescription.Prescription, error)
	forTool   func(*prescription.Memory, context.Context, string, catalogue.ToolID, time.Time, prescription.Prescription, int) ([]prescription.Prescription, error)
	ended     func(*prescription.Memory, context.Context, time.Time, int) (int, error)
	patient   func(*prescription.Memory, context.Context, string, string, time.Time) (int, int, error)
	steps     func(*prescription.Memory, context.Context, time.Time, time.Time, func(prescription.Milestones) error) error
	audit     func(*prescription.Memory, context.Context, func(prescription.AuditHead, prescription.AuditEntry) error) error
}

// eachOnce erases when it is asked the first times, and says later that there is
// nothing left.
func eachOnce() func(*prescription.Memory, context.Context, time.Time, int) (int, error) {
	var done sync.Map
	return func(m *prescription.Memory, ctx context.Context, before time.Time, n int) (int, error) {
		if _, once := done.Load(m); once {
			return 0, nil
		}
		found, err := m.EraseEnded(ctx, before, n)
		if found > 0 {
			done.Store(m, true)
		}
		return found, err
	}
}

func (l lister) AuditAll(ctx context.Context, each func(prescription.AuditHead, prescription.AuditEntry) error) error {
	if l.audit != nil {
		return l.audit(l.Memory, ctx, each)
	}
	return l.Memory.AuditAll(ctx, each)
}

func (l lister) ForPatient(ctx context.Context, tenant, pseudonym string, after prescription.ID, n int) ([]prescription.Prescription, error) {
	if l.ofPatient != nil {
		return l.ofPatient(l.Memory, ctx, tenant, pseudonym, after, n)
	}
	return l.Memory.ForPatient(ctx, tenant, pseudonym, after, n)
}

func (l lister) Overdue(ctx context.Context, tenant string, q prescription.Overdue, after prescription.Prescription, n int) ([]prescription.Prescription, error) {
	if l.overdue != nil {
		return l.overdue(l.Memory, ctx, tenant, q, after, n)
	}
	return l.Memory.Overdue(ctx, tenant, q, after, n)
}

func (l lister) Ended(ctx context.Context, tenant string, state prescription.State, since time.Time, after prescription.Prescription, n int) ([]prescription.Prescription, error) {
	if l.over != nil {
		return l.over(l.Memory, ctx, tenant, state, since, after, n)
	}
	return l.Memory.Ended(ctx, tenant, state, since, after, n)
}

func (l lister) ForTool(ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after prescription.Prescription, n int) ([]prescription.Prescription, error) {
	if l.forTool != nil {
		return l.forTool(l.Memory, ctx, tenant, tool, at, after, n)
	}
	return l.Memory.ForTool(ctx, tenant, tool, at, after, n)
}

func (l lister) EraseEnded(ctx context.Context, before time.Time, n int) (int, error) {
	if l.ended != nil {
		return l.ended(l.Memory, ctx, before, n)
	}
	return l.Memory.EraseEnded(ctx, before, n)
}

func (l lister) ErasePatient(ctx context.Context, tenant, pseudonym string, at time.Time) (int, int, error) {
	if l.patient != nil {
		return l.patient(l.Memory, ctx, tenant, pseudonym, at)
	}
	return l.Memory.ErasePatient(ctx, tenant, pseudonym, at)
}

func (l lister) Milestones(ctx context.Context, from, to time.Time, each func(prescription.Milestones) error) error {
	if l.steps != nil {
		return l.steps(l.Memory, ctx, from, to, each)
	}
	return l.Memory.Milestones(ctx, from, to, each)
}

func TestBrokenListsAreFound(t *testing.T) {
	tests := []struct {
		name, want string
		store      lister
	}{
		{"lists every tenant's", "listed by pages", lister{
			ofPatient: func(m memory, ctx context.Context, _, pseudonym string, after prescription.ID, n int) ([]p7n, error) {
				return m.ForPatient(ctx, "999999999", pseudonym, after, n)
			}}},
		{"begins every page anew", "listed by pages", lister{
			ofPatient: func(m memory, ctx context.Context, tenant, pseudonym string, _ prescription.ID, n int) ([]p7n, error) {
				return m.ForPatient(ctx, tenant, pseudonym, "", n)
			}}},
		{"takes none for one", "listed by pages", lister{
			ofPatient: func(m memory, ctx context.Context, tenant, pseudonym string, after prescription.ID, n int) ([]p7n, error) {
				return m.ForPatient(ctx, tenant, pseudonym, after, max(n, 1))
			}}},
		{"lists what has expired", "waits too long", lister{
			overdue: func(m memory, ctx context.Context, tenant string, q prescription.Overdue, after p7n, n int) ([]p7n, error) {
				q.At = time.Unix(0, 0)
				return m.Overdue(ctx, tenant, q, after, n)
			}}},
		{"has a time of its own", "without a time", lister{
			overdue: func(m memory, ctx context.Context, tenant string, q prescription.Overdue, after p7n, n int) ([]p7n, error) {
				if q.At.IsZero() {
					return nil, nil
				}
				return m.Overdue(ctx, tenant, q, after, n)
			}}},
		{"lists states that nobody asks for", "waits too long", lister{
			overdue: func(m memory, ctx context.Context, tenant string, q prescription.Overdue, after p7n, n int) ([]p7n, error) {
				q.Silent = q.Unstarted
				return m.Overdue(ctx, tenant, q, after, n)
			}}},
		{"begins the overdue anew", "waits too long", lister{
			overdue: func(m memory, ctx context.Context, tenant string, q prescription.Overdue, _ p7n, n int) ([]p7n, error) {
				return m.Overdue(ctx, tenant, q, p7n{}, n)
			}}},
		{"lists what ended too long ago", "what has ended in a state", lister{
			over: func(m memory, ctx context.Context, tenant string, state prescription.State, _ time.Time, after p7n, n int) ([]p7n, error) {
				return m.Ended(ctx, tenant, state, time.Time{}, after, n)
			}}},
		{"begins what ended anew", "what has ended in a state", lister{
			over: func(m memory, ctx context.Context, tenant string, state prescription.State, since time.Time, _ p7n, n int) ([]p7n, error) {
				return m.Ended(ctx, tenant, state, since, p7n{}, n)
			}}},
		{"leaves out what ended at the same time", "what has ended in a state", lister{
			over: func(m memory, ctx context.Context, tenant string, state prescription.State, since time.Time, after p7n, n int) ([]p7n, error) {
				after.ID = ""
				return m.Ended(ctx, tenant, state, since, after, n)
			}}},
		{"lists for a tool what has expired", "what goes on with a tool", lister{
			forTool: func(m memory, ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after p7n, n int) ([]p7n, error) {
				return m.ForTool(ctx, tenant, tool, at.Add(-time.Microsecond), after, n)
			}}},
		{"begins those for a tool anew", "what goes on with a tool", lister{
			forTool: func(m memory, ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, _ p7n, n int) ([]p7n, error) {
				return m.ForTool(ctx, tenant, tool, at, p7n{}, n)
			}}},
		{"leaves out those for a tool that expire at the same time", "what goes on with a tool", lister{
			forTool: func(m memory, ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after p7n, n int) ([]p7n, error) {
				if after.ID != "" {
					after.ID = "~"
				}
				return m.ForTool(ctx, tenant, tool, at, after, n)
			}}},
		{"takes the zero time", "what goes on with a tool", lister{
			forTool: func(m memory, ctx context.Context, tenant string, tool catalogue.ToolID, at time.Time, after p7n, n int) ([]p7n, error) {
				if at.IsZero() {
					at = at.Add(1)
				}
				return m.ForTool(ctx, tenant, tool, at, after, n)
			}}},
		{"erases too early", "what is over can be erased", lister{
			ended: func(m memory, ctx context.Context, before time.Time, n int) (int, error) {
				return m.EraseEnded(ctx, before.Add(time.Second), n)
			}}},
		{"erases without a limit", "what is over can be erased", lister{
			ended: func(m memory, ctx context.Context, before time.Time, _ int) (int, error) {
				return m.EraseEnded(ctx, before, 100)
			}}},
		{"erases each once", "what is over can be erased", lister{ended: eachOnce()}},
		{"erases nothing of the citizen", "a citizen's data", lister{
			patient: func(memory, context.Context, string, string, time.Time) (int, int, error) { return 1, 1, nil }}},
		{"erases what goes on", "a citizen's data", lister{
			patient: func(m memory, ctx context.Context, tenant, pseudonym string, at time.Time) (int, int, error) {
				return m.ErasePatient(ctx, tenant, pseudonym, at.Add(10_000*time.Hour))
			}}},
		{"says that nobody's data are erased", "an erasure of nobody's", lister{
			patient: func(m memory, ctx context.Context, tenant, pseudonym string, at time.Time) (int, int, error) {
				if prescription.CheckErasure(tenant, pseudonym, at) != nil {
					return 0, 0, nil
				}
				return m.ErasePatient(ctx, tenant, pseudonym, at)
			}}},
		{"leaves entries out of the trail", "the whole trail comes", lister{
			audit: func(m memory, ctx context.Context, each func(prescription.AuditHead, prescription.AuditEntry) error) error {
				return m.AuditAll(ctx, func(h prescription.AuditHead, e prescription.AuditEntry) error {
					if e.Seq == 2 {
						return nil
					}
					return each(h, e)
				})
			}}},
		{"says that all are new", "the whole trail comes", lister{
			audit: func(m memory, ctx context.Context, each func(prescription.AuditHead, prescription.AuditEntry) error) error {
				return m.AuditAll(ctx, func(h prescription.AuditHead, e prescription.AuditEntry) error {
					h.Version = 1
					return each(h, e)
				})
			}}},
		{"counts what was issued later", "milestones are those of a time", lister{
			steps: func(m memory, ctx context.Context, from, to time.Time, each func(prescription.Milestones) error) error {
				return m.Milestones(ctx, from, to.Add(time.Hour), each)
			}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := prescriptiontest.CheckStore(t.Context(), func() prescription.Store {
				tt.store.Memory = prescription.NewMemory()
				return tt.store
			})
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
