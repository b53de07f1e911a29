// Schemas for the part of the standards' manifests that packages use, written for these tests: which elements stand in
// which, in what order, with which attributes and values. Stricter than the standards: what packages do not use is not
// allowed. Whole files of the standards are not ours to copy. Holds no test. Used by lms-manifests.test.ts.

export interface Schema {
  /** File name and text; the first is the one to check by. */
  readonly files: readonly (readonly [string, string])[];
}

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';

interface Scorm {
  readonly imscp: string;
  readonly adlcp: string;
  /** Name of the attribute that tells units from files. */
  readonly type: string;
  readonly version: string;
  /** What else may stand in an item and at the end of an organization. */
  readonly sequencing: boolean;
}

function scorm({ imscp, adlcp, type, version, sequencing }: Scorm): Schema {
  const sequence = sequencing ? '<xs:element ref="ss:sequencing"/>' : '';
  const main = `<xs:schema ${XS} xmlns="${imscp}" xmlns:adlcp="${adlcp}" xmlns:ss="http://www.imsglobal.org/xsd/imsss" targetNamespace="${imscp}" elementFormDefault="qualified">
  <xs:import namespace="${adlcp}" schemaLocation="adlcp.xsd"/>
  ${sequencing ? '<xs:import namespace="http://www.imsglobal.org/xsd/imsss" schemaLocation="imsss.xsd"/>' : ''}
  <xs:element name="manifest"><xs:complexType>
    <xs:sequence>
      <xs:element name="metadata"><xs:complexType><xs:sequence>
        <xs:element name="schema"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="ADL SCORM"/></xs:restriction></xs:simpleType></xs:element>
        <xs:element name="schemaversion"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="${version}"/></xs:restriction></xs:simpleType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="organizations"><xs:complexType>
        <xs:sequence><xs:element name="organization"><xs:complexType>
          <xs:sequence>
            <xs:element name="title" type="title"/>
            <xs:element name="item" maxOccurs="unbounded"><xs:complexType>
              <xs:sequence><xs:element name="title" type="title"/>${sequence}</xs:sequence>
              <xs:attribute name="identifier" type="xs:ID" use="required"/>
              <xs:attribute name="identifierref" type="xs:IDREF" use="required"/>
            </xs:complexType></xs:element>
            ${sequence}
          </xs:sequence>
          <xs:attribute name="identifier" type="xs:ID" use="required"/>
        </xs:complexType></xs:element></xs:sequence>
        <xs:attribute name="default" type="xs:IDREF" use="required"/>
      </xs:complexType></xs:element>
      <xs:element name="resources"><xs:complexType><xs:sequence>
        <xs:element name="resource" maxOccurs="unbounded"><xs:complexType>
          <xs:sequence>
            <xs:element name="file" minOccurs="1" maxOccurs="unbounded"><xs:complexType>
              <xs:attribute name="href" use="required"><xs:simpleType><xs:restriction base="xs:anyURI"><xs:pattern value="[A-Za-z0-9_.\\-][A-Za-z0-9_.\\-/]*"/></xs:restriction></xs:simpleType></xs:attribute>
            </xs:complexType></xs:element>
            <xs:element name="dependency" minOccurs="0"><xs:complexType>
              <xs:attribute name="identifierref" type="xs:IDREF" use="required"/>
            </xs:complexType></xs:element>
          </xs:sequence>
          <xs:attribute name="identifier" type="xs:ID" use="required"/>
          <xs:attribute name="type" fixed="webcontent" use="required"/>
          <xs:attribute name="href" type="xs:anyURI"/>
          <xs:attribute ref="adlcp:${type}" use="required"/>
        </xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence>
    <xs:attribute name="identifier" type="xs:ID" use="required"/>
    <xs:attribute name="version" type="xs:string"/>
  </xs:complexType></xs:element>
  <xs:simpleType name="title"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="200"/></xs:restriction></xs:simpleType>
</xs:schema>`;
  const unit = `<xs:schema ${XS} targetNamespace="${adlcp}"><xs:attribute name="${type}"><xs:simpleType>
  <xs:restriction base="xs:string"><xs:enumeration value="sco"/><xs:enumeration value="asset"/></xs:restriction>
</xs:simpleType></xs:attribute></xs:schema>`;
  const order = `<xs:schema ${XS} targetNamespace="http://www.imsglobal.org/xsd/imsss" elementFormDefault="qualified">
  <xs:element name="sequencing"><xs:complexType><xs:choice>
    <xs:element name="controlMode"><xs:complexType>
      <xs:attribute name="choice" type="xs:boolean"/><xs:attribute name="flow" type="xs:boolean"/>
    </xs:complexType></xs:element>
    <xs:element name="deliveryControls"><xs:complexType>
      <xs:attribute name="completionSetByContent" type="xs:boolean"/><xs:attribute name="objectiveSetByContent" type="xs:boolean"/>
    </xs:complexType></xs:element>
  </xs:choice></xs:complexType></xs:element></xs:schema>`;
  return {
    files: [
      ['manifest.xsd', main],
      ['adlcp.xsd', unit],
      ...(sequencing ? [['imsss.xsd', order] as const] : []),
    ],
  };
}

const CMI5 = 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd';
const cmi5 = `<xs:schema ${XS} xmlns="${CMI5}" targetNamespace="${CMI5}" elementFormDefault="qualified">
  <xs:element name="courseStructure"><xs:complexType><xs:sequence>
    <xs:element name="course"><xs:complexType>
      <xs:sequence><xs:group ref="named"/></xs:sequence><xs:attribute name="id" type="iri" use="required"/>
    </xs:complexType></xs:element>
    <xs:element name="au" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence><xs:group ref="named"/><xs:element name="url" type="xs:anyURI"/></xs:sequence>
      <xs:attribute name="id" type="iri" use="required"/>
      <xs:attribute name="moveOn" fixed="Completed"/>
      <xs:attribute name="launchMethod" fixed="AnyWindow"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
    <xs:unique name="ids"><xs:selector xpath="*"/><xs:field xpath="@id"/></xs:unique>
  </xs:element>
  <xs:group name="named"><xs:sequence>
    <xs:element name="title" type="words"/><xs:element name="description" type="words"/>
  </xs:sequence></xs:group>
  <xs:complexType name="words"><xs:sequence><xs:element name="langstring"><xs:complexType>
    <xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="lang" type="xs:language" use="required"/></xs:extension></xs:simpleContent>
  </xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:simpleType name="iri"><xs:restriction base="xs:anyURI"><xs:pattern value="[a-z]+:.+"/></xs:restriction></xs:simpleType>
</xs:schema>`;

export const schemas = {
  'scorm-1.2': scorm({
    imscp: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
    adlcp: 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
    type: 'scormtype',
    version: '1.2',
    sequencing: false,
  }),
  'scorm-2004': scorm({
    imscp: 'http://www.imsglobal.org/xsd/imscp_v1p1',
    adlcp: 'http://www.adlnet.org/xsd/adlcp_v1p3',
    type: 'scormType',
    version: '2004 4th Edition',
    sequencing: true,
  }),
  cmi5: { files: [['cmi5.xsd', cmi5]] },
} as const satisfies Readonly<Record<string, Schema>>;
