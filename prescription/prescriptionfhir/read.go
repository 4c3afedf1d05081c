package prescriptionfhir

import (
	"github.com/verktoykatalog/verktoy/internal/fhir"
	"github.com/verktoykatalog/verktoy/internal/problem"
)

// Task is a FHIR Task that was read, anybody's. [Task.Prescription] and [Task.Reports] say what it means here.
type Task struct {
	m       *Mapper
	data    []byte
	value   fhir.Task
	notKept []Problem
}

// ReadTask reads any Task of FHIR R4. The error is an [*Error] that names all mistakes at once: JSON that is not strict, members that Task
// does not have, implicitRules and modifierExtension, which FHIR forbids to ignore, statuses, intents and priorities that do not exist,
// times without their form and values of a wrong type. Elements that are not kept are not checked. Limits: 1 MiB, 32 levels, 10,000 members.
func (m *Mapper) ReadTask(data []byte) (*Task, error) {
	t, found, err := m.parseTask(data)
	if err == nil && len(found) > 0 {
		err = refuse("Task", found)
	}
	if err == nil {
		t.notKept, err = lost("Task", data, t.value)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (m *Mapper) parseTask(data []byte) (*Task, []problem.Problem, error) {
	t := &Task{m: m, data: data}
	found, err := taskKind.read(data, &t.value)
	return t, found, err
}

// JSON is all that was kept, as a Task; NotKept tells of the rest.
func (t *Task) JSON() ([]byte, error) { return encode(t.value) }

// NotKept names each part that is not in JSON, in the resource's order: there is no room for it, or it is a part of something of which we
// could not read what makes it whole, such as an extension whose value is of a type that we do not have.
func (t *Task) NotKept() []Problem { return t.notKept }

// Status is Task.status, one of those that FHIR has.
func (t *Task) Status() string { return t.value.Status }

// ServiceRequest is a FHIR ServiceRequest that was read, anybody's. [ServiceRequest.Request] says what it means here.
type ServiceRequest struct {
	m       *Mapper
	data    []byte
	value   fhir.ServiceRequest
	notKept []Problem
}

// ReadServiceRequest reads any ServiceRequest of FHIR R4 that asks for something: doNotPerform true is refused. Errors and limits are those
// of [Mapper.ReadTask].
func (m *Mapper) ReadServiceRequest(data []byte) (*ServiceRequest, error) {
	s, found, err := m.parseRequest(data)
	if err == nil && len(found) > 0 {
		err = refuse("ServiceRequest", found)
	}
	if err == nil {
		s.notKept, err = lost("ServiceRequest", data, s.value)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (m *Mapper) parseRequest(data []byte) (*ServiceRequest, []problem.Problem, error) {
	s := &ServiceRequest{m: m, data: data}
	found, err := requestKind.read(data, &s.value)
	if err == nil && s.value.ResourceType != "" && isEmpty(s.value.Subject) {
		found = append(found, problem.Problem{Pointer: "/subject", Code: problem.MissingMember})
	}
	return s, found, err
}

// JSON is all that was kept, as a ServiceRequest; NotKept tells of the rest.
func (s *ServiceRequest) JSON() ([]byte, error) { return encode(s.value) }

// NotKept is as [Task.NotKept].
func (s *ServiceRequest) NotKept() []Problem { return s.notKept }

// Status is ServiceRequest.status, one of those that FHIR has.
func (s *ServiceRequest) Status() string { return s.value.Status }
