package prescriptiontest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/orgnumber"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/prescription"
)

const (
	citizenSystem  = "urn:oid:2.16.578.1.12.4.1.4.1"
	orgSystem      = "urn:oid:2.16.578.1.12.4.1.4.101"
	areaSystem     = "urn:oid:2.16.578.1.12.4.1.1.7618"
	senderSystem   = "http://helsenorge.no/fhir/sensitiv-avsender"
	inputSystem    = "http://helsenorge.no/fhir/task-input"
	deadlineSuffix = "/hn-task-deadline" // only the name is public
)

type taskIdentifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

type taskCoding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

type taskConcept struct {
	Coding []taskCoding `json:"coding"`
	Text   string       `json:"text"`
}

type taskReference struct {
	Reference  string         `json:"reference"`
	Type       string         `json:"type"`
	Identifier taskIdentifier `json:"identifier"`
}

type taskExtension struct {
	URL string `json:"url"`
	At  string `json:"valueDateTime"`
}

// sentTask has the members that a task may have here.
type sentTask struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id"`
	Meta         struct {
		Security []taskCoding `json:"security"`
	} `json:"meta"`
	Contained []struct {
		ResourceType string           `json:"resourceType"`
		ID           string           `json:"id"`
		Identifier   []taskIdentifier `json:"identifier"`
		Name         string           `json:"name"`
		Telecom      []struct {
			System string `json:"system"`
			Value  string `json:"value"`
		} `json:"telecom"`
	} `json:"contained"`
	Extension   []taskExtension  `json:"extension"`
	Identifier  []taskIdentifier `json:"identifier"`
	Link        string           `json:"instantiatesUri"`
	Status      string           `json:"status"`
	Intent      string           `json:"intent"`
	Priority    string           `json:"priority"`
	Code        taskConcept      `json:"code"`
	Description string           `json:"description"`
	Focus       taskReference    `json:"focus"`
	Requester   taskReference    `json:"requester"`
	Owner       taskReference    `json:"owner"`
	Restriction struct {
		Period struct {
			End string `json:"end"`
		} `json:"period"`
	} `json:"restriction"`
	Input []struct {
		Type  taskConcept `json:"type"`
		Value bool        `json:"valueBoolean"`
	} `json:"input"`
}

var taskGUID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (a *TaskAPI) create(r *http.Request) (int, any, error) {
	var s sentTask
	if err := take(r, &s, "application/fhir+json", "application/json"); err != nil {
		return 0, nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	t, err := a.judge(s)
	if err != nil {
		return 0, nil, err
	}
	a.tasks[t.ID] = t
	return http.StatusCreated, t.resource(), nil
}

// judge decides about a task. The caller holds the lock.
func (a *TaskAPI) judge(s sentTask) (Task, error) {
	now := a.cfg.Now().UTC()
	t := Task{ID: prescription.ID(s.ID), Citizen: s.Owner.Identifier.Value, Title: s.Code.Text, Description: s.Description, Link: s.Link,
		Area: codeIn(s.Meta.Security, areaSystem), Priority: s.Priority, Status: s.Status, Created: now, Updated: now}
	t.Sender, t.OrgNumber = s.sender()
	t.Notice = notice(t.Sender, codeIn(s.Meta.Security, senderSystem))
	t.OnBehalf = s.onBehalf()
	var good bool
	t.Deadline, good = moment(s.Restriction.Period.End)
	switch {
	case s.ResourceType != "Task" || s.Status != "ready" || s.Intent != "proposal" || s.Code.Text == "" || s.Description == "":
		return t, wanted("a Task that is ready, with intent, code and description")
	case len(s.Identifier) != 1 || !taskGUID.MatchString(s.Identifier[0].Value) || s.ID != "" && s.ID != s.Identifier[0].Value:
		return t, wanted("one identifier that is a GUID, the id too")
	case !slices.Contains([]string{"1", "2", "3", "4", "5"}, t.Area):
		return t, wanted("the service area in meta.security")
	case t.Sender == "" || !orgnumber.Valid(t.OrgNumber):
		return t, wanted("a requester with a name and an organisation number")
	case !slices.Contains([]string{"", "routine", "urgent", "asap", "stat"}, s.Priority):
		return t, wanted("a priority of FHIR's")
	case s.Owner.Identifier.System != citizenSystem || !nationalid.Valid(t.Citizen) || !nationalid.Synthetic(t.Citizen):
		return t, wanted("an owner with a synthetic identity number")
	case nationalid.Contains(strings.Join([]string{t.Link, t.Title, t.Description, t.Sender}, " ")):
		return t, wanted("no identity number but the owner's")
	case !good || !t.Deadline.After(now):
		return t, wanted("restriction.period.end that is ahead")
	}
	return a.finish(t, s)
}

func (a *TaskAPI) finish(t Task, s sentTask) (Task, error) {
	var good bool
	t.Final, good = finalDeadline(s.Extension)
	t.ID = prescription.ID(s.Identifier[0].Value)
	_, there := a.tasks[t.ID]
	switch {
	case !good || !t.Final.IsZero() && !t.Final.After(t.Deadline):
		return t, wanted("hn-task-deadline later than restriction.period.end")
	case s.Focus.Type != "Task":
		return t, noFocus
	case t.Link == "":
		return t, noLink
	case !outbound.Secure(t.Link, a.cfg.AllowLoopback):
		return t, notHTTPS
	case there:
		return t, alreadyThere
	case a.inactive[t.Citizen]:
		return t, notActive
	}
	return t, nil
}

func codeIn(codes []taskCoding, system string) string {
	for _, c := range codes {
		if c.System == system {
			return c.Code
		}
	}
	return ""
}

// sender is the contained organisation that the requester points to.
func (s sentTask) sender() (name, number string) {
	for _, o := range s.Contained {
		if o.ResourceType != "Organization" || "#"+o.ID != s.Requester.Reference {
			continue
		}
		for _, i := range o.Identifier {
			if i.System == orgSystem {
				return o.Name, i.Value
			}
		}
	}
	return "", ""
}

func (s sentTask) onBehalf() bool {
	for _, i := range s.Input {
		if codeIn(i.Type.Coding, inputSystem) == "supports-representation" {
			return i.Value
		}
	}
	return false
}

// notice is what SMS and e-mail say; the words are made up.
func notice(sender, sensitive string) string {
	if sensitive == "1" {
		return "Du har fått en oppgave på Helsenorge."
	}
	return "Du har fått en oppgave på Helsenorge fra " + sender + "."
}

func moment(text string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, text)
	return at.UTC(), err == nil
}

// finalDeadline is the extension's; zero if there is none.
func finalDeadline(list []taskExtension) (at time.Time, good bool) {
	switch {
	case len(list) == 0:
		return time.Time{}, true
	case len(list) > 1 || !strings.HasSuffix(list[0].URL, deadlineSuffix):
		return time.Time{}, false
	}
	return moment(list[0].At)
}
