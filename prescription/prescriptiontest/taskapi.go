package prescriptiontest

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/prescription"
)

// TaskAPIConfig says what is simulated. The zero value lets everybody in.
type TaskAPIConfig struct {
	// Address is where the API is. Empty means "https://eksternapi.example".
	Address string
	// Authorize refuses a caller with an error: [ErrTokenExpired] is answered with
	// 403, any other with 401 and EHSEC-110002. Nil lets everybody in.
	Authorize func(*http.Request) error
	// AllowLoopback lets citizens start at http addresses on this machine, for demonstrations.
	AllowLoopback bool
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// ErrTokenExpired is what Authorize gives for a token that has expired.
var ErrTokenExpired = errors.New("prescriptiontest: the token has expired")

// Task is one that the API has taken. Its JSON leaves the citizen out.
type Task struct {
	ID prescription.ID `json:"id"`
	// Citizen is a synthetic number.
	Citizen     string `json:"-"`
	Sender      string `json:"sender"`
	OrgNumber   string `json:"orgNumber"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Link        string `json:"link"`
	OnBehalf    bool   `json:"onBehalf"`
	Area        string `json:"area"`
	Priority    string `json:"priority"`
	// Notice is what the citizen gets as SMS and e-mail: it names the sender unless
	// that is sensitive.
	Notice string `json:"notice"`
	Status string `json:"status"`
	Reason string `json:"reason,omitempty"`
	// Deadline is restriction.period.end, Final hn-task-deadline; zero if there is none.
	Deadline time.Time `json:"deadline"`
	Final    time.Time `json:"final,omitzero"`
	Created  time.Time `json:"created"`
	Updated  time.Time `json:"updated"`
	// Changes counts the changes since it was created.
	Changes int `json:"changes"`
}

func (t Task) ended() bool {
	return slices.Contains([]string{"completed", "cancelled", "entered-in-error"}, t.Status)
}

// closed says that the later of the two deadlines has passed.
func (t Task) closed(now time.Time) bool {
	return !t.Deadline.After(now) && !t.Final.After(now)
}

// TaskAPI simulates Helsenorge's task API. It is an [http.Handler] and safe for
// concurrent use. Make one with [NewTaskAPI].
//
// It refuses what the API is documented to refuse, with the codes that were
// seen: no focus (2109), a citizen who is not digitally active (2118), no link
// (2147), a link that is not https (2174), no good token (401 with EHSEC-110002,
// 403 for an expired one); changes of what has ended or whose later deadline has
// passed, new deadlines less than a day ahead, one deadline where two were used,
// a reason without a status. It also refuses identity numbers in addresses and
// all but synthetic ones.
//
// Assumed, and written down here a second time, apart from package
// prescription/oppgave, so that one judges the other: JSON Patch, 409 for a task
// that is there already, has ended or is closed, OperationOutcome with the code in
// issue.details.coding, and the answer on who is digitally active.
type TaskAPI struct {
	cfg  TaskAPIConfig
	mux  *http.ServeMux
	plan taskPlan
	log  taskLog

	mu       sync.Mutex
	tasks    map[prescription.ID]Task
	inactive map[string]bool
}

// NewTaskAPI makes the API. The error is that of an address that is not one.
func NewTaskAPI(cfg TaskAPIConfig) (*TaskAPI, error) {
	if cfg.Address == "" {
		cfg.Address = "https://eksternapi.example"
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	u, err := url.Parse(cfg.Address)
	if err != nil || u.Host == "" || u.Scheme+"://"+u.Host != cfg.Address {
		return nil, errors.New("prescriptiontest: want an address that is https or http, without a path")
	}
	a := &TaskAPI{cfg: cfg, tasks: map[prescription.ID]Task{}, inactive: map[string]bool{}}
	a.mux = a.routes()
	return a, nil
}

// Address is where the API is.
func (a *TaskAPI) Address() string { return a.cfg.Address }

// Client reaches the API at [TaskAPI.Address] without a network; other addresses
// are errors. It leaves nothing running.
func (a *TaskAPI) Client() *http.Client {
	return &http.Client{Transport: inprocess.Transport(func(to *url.URL) (http.Handler, error) {
		if to.Scheme+"://"+to.Host != a.cfg.Address {
			return nil, errors.New("prescriptiontest: no such address in this test")
		}
		return a, nil
	})}
}

// SetActive says whether a citizen is digitally active. Everybody is until it is said otherwise.
func (a *TaskAPI) SetActive(number string, active bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.inactive[number] = !active
}

// Tasks are those that were taken, in the order in which they came.
func (a *TaskAPI) Tasks() []Task {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.SortedFunc(maps.Values(a.tasks), func(x, y Task) int {
		if c := x.Created.Compare(y.Created); c != 0 {
			return c
		}
		return strings.Compare(string(x.ID), string(y.ID))
	})
}

// Act is what the citizen does: in-progress or completed, which a task can
// become while it is ready or in progress and its later deadline has not passed.
func (a *TaskAPI) Act(id prescription.ID, status string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	t, now := a.tasks[id], a.cfg.Now().UTC()
	if t.ID == "" || t.ended() || t.closed(now) || status != "in-progress" && status != "completed" {
		return errors.New("prescriptiontest: want a task that can be changed, and in-progress or completed")
	}
	t.Status, t.Updated = status, now
	a.tasks[id] = t
	return nil
}

// Number is a synthetic identity number for a birth date DDMMYY with 80 added to
// the month, such as "158190". It panics on a date that no number has.
func Number(date string) string {
	for n := range 100_000 {
		if s := fmt.Sprintf("%s%05d", date, n); nationalid.Valid(s) && nationalid.Synthetic(s) {
			return s
		}
	}
	panic("prescriptiontest: want a date DDMMYY with 40 or 80 added to the month")
}
