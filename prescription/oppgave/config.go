package oppgave

import (
	"cmp"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/unset"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Doer sends a request, as [*http.Client] does, and launch/helseid's client. An
// error with a method OutcomeUnknown() bool must hold nothing of the request and
// the answer in its text, since that is shown.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Config says where the API is and who sends. Address, HTTP, Tools, Senders and
// Area are required.
type Config struct {
	// Address is where the API is, such as "https://eksternapi.helsenorge.no": https,
	// without a query.
	Address string
	// HTTP sends the requests with a token. An [*http.Client] is copied and told to
	// follow no redirect.
	HTTP Doer
	// Tools gives a tool of the current catalogue, withdrawn ones too, such as
	// live.Get of a [catalogue.Live].
	Tools func(catalogue.ToolID) (catalogue.Tool, bool)
	// Senders says who a tenant is to the citizen; false if it is nobody.
	Senders func(tenant string) (Sender, bool)
	// Area is the service area of all tasks, such as [AreaCare].
	Area Area
	// Priority is that of all tasks. Empty means [Routine].
	Priority Priority
	// Early is how long before a prescription expires the citizen is asked to be
	// done. Then restriction.period.end is that time, and hn-task-deadline the
	// expiry. Zero means that there is one deadline, the expiry. Once it was used it
	// must stay: Helsenorge wants both deadlines in every later change of a task.
	Early time.Duration
	// Link gives the address at which the citizen starts, with all its parameters:
	// https, at most 2,000 characters, without an identity number. Before a
	// prescription is stored it is asked with one that has no id yet. [TaskLink] adds
	// the prescription's id, by which the tool knows what was opened. Nil means the
	// tool's web address, the one for Helsenorge if there is one, and nothing else:
	// the tool is not told which prescription it is, and cannot report of it unless it
	// learns that in another way. [Deliverer.Assumptions] says so.
	Link func(prescription.Prescription, catalogue.Tool) string
	// MaxTitle and MaxDescription are the greatest lengths in characters. Zero means
	// 200 and 4,000, both assumed.
	MaxTitle, MaxDescription int
	// Paths are the operations' paths; those that are empty are taken from [AssumedPaths].
	Paths Paths
	// Ends says what becomes of the task when a tool has reported how a prescription
	// ended: [Cancelled] or [Completed] for [prescription.Declined],
	// [prescription.Failed] and [prescription.Completed]; a task stays as it is for
	// those that are left out. Nil means [AssumedEnds].
	Ends map[prescription.State]Status
	// DeadlineURL is the address of the extension hn-task-deadline. Empty means
	// [AssumedDeadlineURL].
	DeadlineURL string
	// Wire writes requests and reads answers; what is zero is as in [AssumedWire].
	Wire Wire
	// Timeout is for one request. Zero means 15 s.
	Timeout time.Duration
	// AllowLoopback allows http addresses on this machine, for tests and demonstrations.
	AllowLoopback bool
	// Logger gets a line for every request: operation, status and code. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Paths are the operations' paths; {id} in One stands for the task's id.
type Paths struct{ Create, One, Active string }

// AssumedPaths are the paths that were seen: Create and Active are public, One
// follows FHIR.
func AssumedPaths() Paths {
	return Paths{Create: "/oppgave/v1/task", One: "/oppgave/v1/task/{id}", Active: "/digitaltaktiv/v1/DigitaltAktivOmraade"}
}

// AssumedEnds takes back what was declined or has failed, since Helsenorge's tasks
// have no such status and only those who sent them may take them back. That this is
// what Helsenorge wants is assumed.
func AssumedEnds() map[prescription.State]Status {
	return map[prescription.State]Status{prescription.Declined: Cancelled, prescription.Failed: Cancelled, prescription.Completed: Completed}
}

// Deliverer delivers to Helsenorge. It is safe for concurrent use. Make one with [New].
type Deliverer struct {
	cfg     Config
	assumed []string
}

var _ prescription.Deliverer = (*Deliverer)(nil)

// New checks the configuration; the error names every fault. Nothing is sent yet.
func New(cfg Config) (*Deliverer, error) {
	assumed := assumptions(cfg)
	cfg.fill()
	if faults := cfg.faults(); len(faults) > 0 {
		return nil, errors.New("oppgave: invalid Config: " + strings.Join(faults, "; "))
	}
	if len(assumed) > 0 {
		cfg.Logger.Warn("oppgave: not public, assumed", "what", strings.Join(assumed, ", "))
	}
	return &Deliverer{cfg, assumed}, nil
}

// Assumptions lists the fields of [Config] whose defaults are in use although
// nothing public confirms them; of Link, that the tool needs no more than its address. [New] logs them as a warning.
func (d *Deliverer) Assumptions() []string { return slices.Clone(d.assumed) }

func assumptions(cfg Config) []string {
	all := map[string]any{"Paths.One": cfg.Paths.One, "DeadlineURL": cfg.DeadlineURL, "MaxTitle": cfg.MaxTitle, "MaxDescription": cfg.MaxDescription,
		"Ends": cfg.Ends, "Link": cfg.Link}
	wire := reflect.ValueOf(cfg.Wire)
	for i := range wire.NumField() {
		all["Wire."+wire.Type().Field(i).Name] = wire.Field(i).Interface()
	}
	var list []string
	for name, value := range all {
		if reflect.ValueOf(value).IsZero() {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func (cfg *Config) fill() {
	assumed := AssumedPaths()
	cfg.Paths.Create = cmp.Or(cfg.Paths.Create, assumed.Create)
	cfg.Paths.One = cmp.Or(cfg.Paths.One, assumed.One)
	cfg.Paths.Active = cmp.Or(cfg.Paths.Active, assumed.Active)
	cfg.Address = strings.TrimSuffix(cfg.Address, "/")
	cfg.Priority = cmp.Or(cfg.Priority, Routine)
	cfg.MaxTitle, cfg.MaxDescription = cmp.Or(cfg.MaxTitle, maxTitle), cmp.Or(cfg.MaxDescription, maxDescription)
	cfg.Timeout = cmp.Or(cfg.Timeout, 15*time.Second)
	cfg.Wire = cfg.Wire.filled(cmp.Or(cfg.DeadlineURL, AssumedDeadlineURL))
	if cfg.HTTP != nil {
		cfg.HTTP = outbound.Staying(cfg.HTTP)
	}
	if cfg.Link == nil {
		cfg.Link = start
	}
	if cfg.Ends = maps.Clone(cfg.Ends); cfg.Ends == nil {
		cfg.Ends = AssumedEnds()
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
}

func (cfg *Config) faults() []string {
	var faults []string
	want := func(good bool, fault string) {
		if !good {
			faults = append(faults, fault)
		}
	}
	want(outbound.Secure(cfg.Address, cfg.AllowLoopback) && !strings.Contains(cfg.Address, "?"),
		"field Address is not an https address without query (http needs AllowLoopback and a loopback host)")
	want(!unset.Is(cfg.HTTP), "field HTTP is nil")
	want(cfg.Tools != nil, "field Tools is nil")
	want(cfg.Senders != nil, "field Senders is nil")
	want(slices.Contains(areas, cfg.Area), "field Area is not one of 1 to 5; AreaCare is the one for treatment")
	want(slices.Contains(priorities, cfg.Priority), "field Priority is not routine, urgent, asap or stat")
	for state, status := range cfg.Ends {
		_, known := AssumedEnds()[state]
		want(known && (status == Cancelled || status == Completed), "field Ends: want cancelled or completed for declined, failed and completed")
	}
	want(cfg.Early >= 0, "field Early is negative")
	want(cfg.Timeout > 0, "field Timeout is negative")
	want(cfg.MaxTitle > 0 && cfg.MaxDescription > 0, "field MaxTitle or MaxDescription is negative")
	want(isPath(cfg.Paths.Create) && isPath(cfg.Paths.Active), "field Paths.Create or Paths.Active is not a path that begins with /")
	want(isPath(strings.Replace(cfg.Paths.One, "{id}", "id", 1)) && strings.Contains(cfg.Paths.One, "{id}"),
		"field Paths.One is not a path that begins with / and holds {id}")
	return faults
}

// isPath says whether it is a path of plain segments.
func isPath(path string) bool {
	rest, rooted := strings.CutPrefix(path, "/")
	return rooted && rest != "" && !slices.ContainsFunc(strings.Split(rest, "/"), func(s string) bool {
		return !segment.MatchString(s)
	})
}
