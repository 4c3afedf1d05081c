package prescription

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/backoff"
)

// Config says what a [Service] works with. Tools is required.
type Config struct {
	// Tools gives a tool of the current catalogue, withdrawn ones too, such as
	// live.Get of a [catalogue.Live], which stays fresh; the Get of one index would
	// let tools be prescribed that are withdrawn since.
	Tools func(catalogue.ToolID) (catalogue.Tool, bool)
	// Now is the clock. Its location decides on which day an approval ends. Nil
	// means [time.Now].
	Now func() time.Time
	// NewID makes the ids: 1 to 64 letters, digits and . _ : / - . Nil means UUIDs
	// of version 7 by Now.
	NewID func() ID
	// Days is how long a prescription lasts when neither the request nor the unit
	// says so. 0 means [DefaultDays]; at most [MaxDays].
	Days int
	// Synthetic is for test environments: only synthetic identity numbers are
	// taken. Without it only real ones are.
	Synthetic bool
	// Reasons are codes besides [Reasons]: 1 to 40 letters a-z and hyphens. They
	// are kept in the audit trail.
	Reasons []string
	// Policy may refuse a request for a reason of the host's; its error is given
	// as it is, wrapped beside [ErrPolicy]. Nil refuses nothing. A request that came through before
	// is not asked about again.
	Policy func(context.Context, Request, catalogue.Tool, catalogue.Unit) error
	// ChangePolicy may refuse what a therapist or this software wants to do with a
	// prescription, such as what a delivery's receiver would not take; its error is
	// given as it is, wrapped beside [ErrPolicy]. It is asked once the table allows the change, in the
	// store's transaction: it must not wait or call the store. Reports are not
	// asked about. Nil refuses nothing.
	ChangePolicy func(before Prescription, c Change) error
	// RequireAge refuses requests without an age for tools that are for certain ages.
	RequireAge bool
	// TellTherapist puts a message for the therapist into the outbox for each
	// report that changes something, and for each prescription that failed because
	// it could not be delivered.
	TellTherapist bool
	// TellPortal puts a message for the citizen's portal into the outbox for each
	// report that completes a prescription; without it the tool is to tell the portal
	// itself. That it was declined, that it failed and that a cancellation is
	// confirmed is told in any case.
	TellPortal bool
	// TellTool puts a message for the tool into the outbox when a prescription is
	// cancelled, extended, replaced or entered in error; without it the citizen's
	// portal is to tell the tool.
	TellTool bool
	// MaxAttempts is after how many tries a message is given up. 0 means
	// [DefaultAttempts].
	MaxAttempts int
	// Jitter spreads the wait between two tries, so that those that failed
	// together do not come back together. Nil means up to a fifth more or less.
	Jitter func(time.Duration) time.Duration
	// Logger is told where a [Deliverer] panicked: the message's id, functions and
	// lines, and nothing of what was delivered. Nil means nobody.
	Logger *slog.Logger
}

// DefaultAttempts is after how many tries a message is given up, unless
// [Config.MaxAttempts] says otherwise: about two days.
const DefaultAttempts = 50

// Service prescribes tools and changes prescriptions by the table of
// [Transitions]. It keeps nothing itself and may be used from many goroutines.
type Service struct {
	tools     func(catalogue.ToolID) (catalogue.Tool, bool)
	clock     func() time.Time
	newID     func() ID
	days      int
	synthetic bool
	reasons   []string

	policy        func(context.Context, Request, catalogue.Tool, catalogue.Unit) error
	changePolicy  func(Prescription, Change) error
	requireAge    bool
	tellTherapist bool
	tellPortal    bool
	tellTool      bool
	attempts      int
	jitter        func(time.Duration) time.Duration
	logger        *slog.Logger
}

// NewService reports all faults of the configuration at once.
func NewService(cfg Config) (*Service, error) {
	if faults := cfg.faults(); len(faults) > 0 {
		return nil, errors.New("prescription: invalid Config: " + strings.Join(faults, "; "))
	}
	s := &Service{tools: cfg.Tools, clock: cfg.Now, newID: cfg.NewID, days: cfg.Days, synthetic: cfg.Synthetic,
		reasons: append(Reasons(), cfg.Reasons...), policy: cfg.Policy, changePolicy: cfg.ChangePolicy, requireAge: cfg.RequireAge,
		tellTherapist: cfg.TellTherapist, tellPortal: cfg.TellPortal, tellTool: cfg.TellTool, attempts: cmp.Or(cfg.MaxAttempts, DefaultAttempts), jitter: cfg.Jitter, logger: cfg.Logger}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.newID == nil {
		s.newID = newID(s.clock)
	}
	if s.jitter == nil {
		s.jitter = backoff.Spread
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	s.days = cmp.Or(s.days, DefaultDays)
	return s, nil
}

func (c Config) faults() []string {
	var faults []string
	if c.Tools == nil {
		faults = append(faults, "field Tools is nil")
	}
	if c.Days < 0 || c.Days > MaxDays {
		faults = append(faults, fmt.Sprintf("field Days: want 0 to %d", MaxDays))
	}
	if c.MaxAttempts < 0 {
		faults = append(faults, "field MaxAttempts: want 0 or more")
	}
	if slices.ContainsFunc(c.Reasons, func(r string) bool { return !reasonForm.MatchString(r) }) {
		faults = append(faults, "field Reasons: want 1 to 40 letters a-z and hyphens in each")
	}
	return faults
}

func (s *Service) now() time.Time { return stamp(s.clock()) }

// Prescribe stores a prescription that is sent and puts its delivery into the
// outbox. Errors: a [*RequestError] with everything that is wrong with the
// request; [ErrUnknownTool]; the reason of [catalogue.Tool.CheckPrescribe] why
// the unit may not be prescribed now, wrapped; that of [Config.Policy];
// [ErrKeyReused]; [ErrAlreadyActive]; and what the store says.
//
// A request that came through before gives its prescription as it is now, also
// if the tool has been withdrawn since.
func (s *Service) Prescribe(ctx context.Context, st Store, r Request) (Prescription, error) {
	return s.prescribe(ctx, st, r, nil)
}

func (s *Service) prescribe(ctx context.Context, st Store, r Request, previous *Change) (Prescription, error) {
	if err := r.check(s.synthetic, s.reasons); err != nil {
		return Prescription{}, err
	}
	unit, refusal := s.unit(ctx, r)
	n, err := s.draft(r, unit, previous)
	if err != nil {
		return Prescription{}, err
	}
	n.OnlyStored = refusal != nil
	p, err := st.Create(ctx, n)
	if refusal != nil && errors.Is(err, ErrNotFound) {
		return Prescription{}, refusal
	}
	return p, err
}

// unit finds what is asked for and says why it may not be had.
func (s *Service) unit(ctx context.Context, r Request) (catalogue.Unit, error) {
	tool, known := s.tools(r.Tool)
	if !known {
		return catalogue.Unit{}, fmt.Errorf("%w: %s", ErrUnknownTool, r.Tool)
	}
	if err := tool.CheckPrescribe(r.Unit, s.clock()); err != nil {
		return catalogue.Unit{}, fmt.Errorf("prescription: %s, unit %s: %w", r.Tool, r.Unit, err)
	}
	unit, _ := tool.Unit(r.Unit)
	if err := refuse(append(r.exclusionFaults(unit), s.ageFaults(r, tool)...)); err != nil || s.policy == nil {
		return unit, err
	}
	if err := s.policy(ctx, r, tool, unit); err != nil {
		return unit, fmt.Errorf("%w: %w", ErrPolicy, err)
	}
	return unit, nil
}

func (r Request) exclusionFaults(unit catalogue.Unit) []Fault {
	if len(unit.Exclusions) > 0 && !r.AcknowledgedExclusions {
		return []Fault{{"AcknowledgedExclusions", "true, because the unit is not for everybody"}}
	}
	return nil
}

func (s *Service) ageFaults(r Request, tool catalogue.Tool) []Fault {
	switch {
	case tool.Ages == nil, r.Age == nil && !s.requireAge:
		return nil
	case r.Age == nil:
		return []Fault{{"Age", "the citizen's age in years, because the tool is for certain ages"}}
	case !tool.Ages.Include(*r.Age):
		return []Fault{{"Age", "an age that the tool is meant for"}}
	}
	return nil
}

func (s *Service) draft(r Request, unit catalogue.Unit, previous *Change) (New, error) {
	now := s.now()
	p := Prescription{ID: s.newID(), Version: 1, Tenant: r.Tenant, Key: r.Key, Tool: r.Tool, Unit: r.Unit,
		Patient: r.Patient, Prescriber: r.Prescriber, Text: unit.PatientText.In(r.Patient.Lang), State: Sent,
		Issued: now, Sent: now, Updated: now, Expires: now.Add(time.Duration(s.lasts(r, unit)) * 24 * time.Hour)}
	if !isCode(string(p.ID), 64) {
		return New{}, errors.New("prescription: Config.NewID: want 1 to 64 letters, digits and . _ : / - that are no identity number")
	}
	if previous != nil {
		p.Replaces, previous.ReplacedBy = previous.ID, p.ID
	}
	step := Change{Event: EventPrescribe, By: r.Prescriber, Reason: r.Second}
	content, first := r.digestAfter(previous), step.Entry(Prescription{State: Drafted}, p)
	first.Detail += "/" + content
	return New{Prescription: p, Content: content, Audit: first,
		Messages: []Message{{Event: EventPrescribe, Due: now}}, Second: r.Second != "", Previous: previous}, nil
}

func (s *Service) lasts(r Request, unit catalogue.Unit) int {
	for _, days := range []int{r.Days, unit.Days} {
		if days > 0 {
			return days
		}
	}
	return s.days
}

// Get gives a prescription, or [ErrNotFound]. Ask [Prescription.StateAt] for
// its state.
func (s *Service) Get(ctx context.Context, st Store, id ID) (Prescription, error) {
	return st.Get(ctx, id)
}
