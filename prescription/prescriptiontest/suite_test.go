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
		{"shares report ids between prescriptions", "report ids are the prescription's own", broken{change: sharedReports()}},
		{"refuses what is late", "a late report changes nothing", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if a == prescription.Late {
					return p, "", prescription.ErrNotAllowed{State: p.State, Event: c.Event}
				}
				return p, a, err
			}}},
		{"lets what has expired go on", "expires at its time", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				c.Received = time.Time{}
				return m.Change(ctx, c)
			}}},
		{"judges expiry by what the report says", "expires at its time", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				c.Received = c.At
				return m.Change(ctx, c)
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
				n.Message = nil
				return m.Create(ctx, n)
			}}},
		{"writes the prescription of a refused change", "that the table does not have is refused", broken{
			change: func(m memory, ctx context.Context, c prescription.Change) (p7n, applied, error) {
				p, a, err := m.Change(ctx, c)
				if errors.As(err, new(prescription.ErrNotAllowed)) {
					c.From = prescription.States()
					_, _, _ = m.Change(ctx, c)
				}
				return p, a, err
			}}},
		{"hands out what others have", "nobody else's until the lease ends", broken{
			claim: func(m memory, ctx context.Context, now, _ time.Time, n int) ([]prescription.Message, error) {
				return m.Claim(ctx, now, now, n)
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
				if c.To.Ended() {
					_ = m.Retry(ctx, prescription.MessageID(c.ID+"/1"), c.Received.Add(time.Hour), "timeout")
				}
				return p, a, err
			}}},
		{"forgets the code of a retry", "comes at its time with its code", broken{
			retry: func(m memory, ctx context.Context, id prescription.MessageID, at time.Time, _ string) error {
				return m.Retry(ctx, id, at, "")
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
		if c.Report != "r1" || c.From[0] == prescription.Paused {
			return m.Change(ctx, c)
		}
		p, err := m.Get(ctx, c.ID)
		if _, before := seen.LoadOrStore(m, true); before && err == nil {
			return p, prescription.Duplicate, nil
		}
		return m.Change(ctx, c)
	}
}
