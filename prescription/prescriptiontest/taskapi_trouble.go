package prescriptiontest

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Fail answers the next requests of an operation with a status and no more. They are not carried out.
func (a *TaskAPI) Fail(op TaskOperation, times, status int) {
	a.Answer(op, times, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
}

// Answer is [TaskAPI.Fail] with an answer of your own. One that panics with
// [http.ErrAbortHandler] ends the connection, one that waits for the request's
// context is slow.
func (a *TaskAPI) Answer(op TaskOperation, times int, answer http.Handler) {
	a.plan.add(op, times, plannedTask{answer, false})
}

// Lose is [TaskAPI.Answer] for requests that are carried out, and whose answer gets lost.
func (a *TaskAPI) Lose(op TaskOperation, times int, answer http.Handler) {
	a.plan.add(op, times, plannedTask{answer, true})
}

// Hang is an answer that never comes: it waits until the caller gives up.
func Hang() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		w.WriteHeader(http.StatusServiceUnavailable) // nobody listens
	})
}

// taskPlan is what goes wrong, and when.
type taskPlan struct {
	mu      sync.Mutex
	answers map[TaskOperation][]plannedTask
}

type plannedTask struct {
	answer http.Handler
	after  bool // the request is carried out first
}

func (p *taskPlan) add(op TaskOperation, times int, one plannedTask) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answers == nil {
		p.answers = map[TaskOperation][]plannedTask{}
	}
	p.answers[op] = append(p.answers[op], slices.Repeat([]plannedTask{one}, times)...)
}

func (p *taskPlan) take(op TaskOperation) plannedTask {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.answers[op]
	if len(list) == 0 {
		return plannedTask{}
	}
	p.answers[op] = list[1:]
	return list[0]
}

// taskLog is what the simulator has seen.
type taskLog struct {
	mu       sync.Mutex
	requests map[TaskOperation]int
	refusals []string
	secrets  map[string]bool
}

// Requests counts what came to an operation, refused or not.
func (a *TaskAPI) Requests(op TaskOperation) int {
	a.log.mu.Lock()
	defer a.log.mu.Unlock()
	return a.log.requests[op]
}

// Refusals lists what was wanted of each request that was refused, in order.
func (a *TaskAPI) Refusals() []string {
	a.log.mu.Lock()
	defer a.log.mu.Unlock()
	return slices.Clone(a.log.refusals)
}

// Secrets lists everything secret that came in, carried out or not: rows of
// eleven digits, and credentials. Look for them in logs and errors.
func (a *TaskAPI) Secrets() []string {
	a.log.mu.Lock()
	defer a.log.mu.Unlock()
	return slices.Sorted(maps.Keys(a.log.secrets))
}

var elevenDigits = regexp.MustCompile(`[0-9]{11}`)

func (l *taskLog) arrived(op TaskOperation, r *http.Request, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.requests == nil {
		l.requests, l.secrets = map[TaskOperation]int{}, map[string]bool{}
	}
	l.requests[op]++
	for _, number := range elevenDigits.FindAllString(string(body)+r.URL.String(), -1) {
		l.secrets[number] = true
	}
	for _, field := range r.Header.Values("Authorization") {
		_, credentials, _ := strings.Cut(field, " ")
		if len(credentials) >= 8 { // shorter ones are found by chance
			l.secrets[credentials] = true
		}
	}
}

func (l *taskLog) refused(no *taskRefusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refusals = append(l.refusals, no.want)
}
