// Mail Trace on Azure Container Apps: the bot, its identity, its vault. No secret of the bot's own: the identity vouches for it.
// az deployment group create --resource-group <group> --template-file deploy/main.bicep --parameters @deploy/main.parameters.json
targetScope = 'resourceGroup'

@description('Names of everything begin with this.')
@minLength(3)
@maxLength(16)
param name string = 'mailtrace'

param location string = resourceGroup().location

@description('The image, with a tag or digest that does not move.')
param image string

@description('Object ids of the Entra groups that may trace everybody\'s mail, comma separated.')
param helpdeskGroups string

@description('postgresql+psycopg://user:password@host/database; kept in the vault.')
@secure()
param databaseUrl string

@description('IANA time zone of people whose client does not say its own.')
param timeZone string = 'UTC'

@description('An app registration that trusts the identity made here (federated), to be the bot in its place; empty: the identity is the bot itself.')
param appId string = ''

@description('Replicas; they share the database.')
@minValue(1)
@maxValue(10)
param replicas int = 2

var federated = !empty(appId)
var appType = federated ? 'SingleTenant' : 'UserAssignedMSI'
var botAppId = federated ? appId : identity.properties.clientId
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${uniqueString(resourceGroup().id)}', 24)
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }
}

resource databaseSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-url'
  properties: { value: databaseUrl }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, secretsUser)
  properties: {
    roleDefinitionId: secretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [mayReadSecrets]
  properties: {
    managedEnvironmentId: environment.id
    configuration: {
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
      }
      secrets: [
        { name: 'database-url', keyVaultUrl: databaseSecret.properties.secretUri, identity: identity.id }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'MicrosoftAppType', value: appType }
            { name: 'MicrosoftAppId', value: botAppId }
            // An empty value counts as absent.
            { name: 'TRACE_FEDERATED_IDENTITY', value: federated ? identity.properties.clientId : '' }
            { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
            { name: 'TRACE_HELPDESK_GROUPS', value: helpdeskGroups }
            { name: 'TRACE_TIME_ZONE', value: timeZone }
            { name: 'TRACE_PUBLIC_URL', value: 'https://${name}.${environment.properties.defaultDomain}' }
            { name: 'TRACE_DATABASE_URL', secretRef: 'database-url' }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 5, failureThreshold: 24 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 30 }
            // Not /readyz: probes and visitors come from the same addresses here, and traces go on without a database.
            { type: 'Readiness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 10 }
          ]
        }
      ]
      scale: { minReplicas: replicas, maxReplicas: replicas }
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'S1' }
  properties: {
    displayName: 'Mail Trace'
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppId: botAppId
    msaAppMSIResourceId: federated ? null : identity.id
    msaAppTenantId: tenant().tenantId
    msaAppType: appType
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

@description('MicrosoftAppId, for the app package.')
output botAppId string = botAppId

@description('The identity as a service principal: the Graph permissions go to it, or the app registration trusts it as a subject.')
output principalId string = identity.properties.principalId

output endpoint string = bot.properties.endpoint
