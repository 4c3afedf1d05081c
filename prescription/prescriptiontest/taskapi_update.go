package prescriptiontest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/prescription"
)

// sentChange is what a patch sets; nil is what it leaves.
type sentChange struct {
	status, reason  *string
	deadline, final *time.Time
}

func (a *TaskAPI) update(r *http.Request) (int, any, error) {
	var steps []struct {
		Op    string `json:"op"`
		Path  string `json:"path"`
		Value any    `json:"value"`
	}
	if err := take(r, &steps, "application/json-patch+json"); err != nil {
		return 0, nil, err
	}
	var c sentChange
	for _, s := range steps {
		if s.Op != "add" && s.Op != "replace" || !c.set(s.Path, s.Value) {
			return 0, nil, wanted("add or replace of status, statusReason, deadline or extension")
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	t, known := a.tasks[prescription.ID(r.PathValue("id"))]
	if !known {
		return 0, nil, noTask
	}
	t, err := c.apply(t, a.cfg.Now().UTC())
	if err != nil {
		return 0, nil, err
	}
	a.tasks[t.ID] = t
	return http.StatusOK, t.resource(), nil
}

func (c *sentChange) set(path string, value any) bool {
	var text string
	var concept taskConcept
	var extensions []taskExtension
	switch path {
	case "/status":
		c.status = &text
		return decoded(value, &text)
	case "/statusReason":
		ok := decoded(value, &concept) && concept.Text != ""
		c.reason = &concept.Text
		return ok
	case "/restriction/period/end":
		ok := decoded(value, &text)
		at, good := moment(text)
		c.deadline = &at
		return ok && good
	case "/extension":
		ok := decoded(value, &extensions) && len(extensions) == 1
		at, good := finalDeadline(extensions)
		c.final = &at
		return ok && good
	}
	return false
}

func decoded(value, to any) bool {
	data, err := json.Marshal(value)
	return err == nil && strictjson.Unmarshal(data, to, strictjson.Document()) == nil
}

// apply is the task after the change, by the rules of the page "Oppdaterer
// allerede innsendt oppgave".
func (c sentChange) apply(t Task, now time.Time) (Task, error) {
	before := t
	set(&t.Status, c.status)
	set(&t.Reason, c.reason)
	set(&t.Deadline, c.deadline)
	set(&t.Final, c.final)
	t.Updated = now
	t.Changes++
	switch {
	case before.ended():
		return t, hasEnded
	case before.closed(now):
		return t, isClosed
	case c == sentChange{}:
		return t, wanted("a change")
	case c.reason != nil && c.status == nil:
		return t, wanted("a statusReason only with a status")
	case !slices.Contains([]string{"ready", "in-progress", "completed", "cancelled"}, t.Status), t.Status == "ready" && before.Status != "ready":
		return t, wanted("a status that a sender may set")
	case !before.Final.IsZero() && (c.deadline == nil || c.final == nil):
		return t, wanted("both deadlines, since both were used first")
	case soon(before.Deadline, t.Deadline, now) || soon(before.Final, t.Final, now):
		return t, wanted("a new deadline at least a day ahead")
	case !t.Final.IsZero() && !t.Final.After(t.Deadline):
		return t, wanted("hn-task-deadline later than restriction.period.end")
	}
	return t, nil
}

func set[T any](to, value *T) {
	if value != nil {
		*to = *value
	}
}

func soon(before, after, now time.Time) bool {
	return !after.Equal(before) && after.Before(now.Add(24*time.Hour))
}
