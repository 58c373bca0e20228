package dev.recount.store.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connections of a source, with something that happens to them when they are taken, and before and after a commit or an append that is one statement. */
final class Wire {

    private final DataSource source;
    private volatile Event onConnect = connection -> {};
    private volatile Event beforeCommit = connection -> {};
    private volatile Event afterCommit = connection -> {};
    private volatile Event beforeStatement = connection -> {};
    private volatile Event afterStatement = connection -> {};

    Wire(DataSource source) {
        this.source = source;
    }

    interface Event {
        void happen(Connection connection) throws Exception;
    }

    Wire onConnect(Event event) {
        onConnect = event;
        return this;
    }

    Wire beforeCommit(Event event) {
        beforeCommit = event;
        return this;
    }

    Wire afterCommit(Event event) {
        afterCommit = event;
        return this;
    }

    Wire beforeAppendOfOneStatement(Event event) {
        beforeStatement = event;
        return this;
    }

    Wire afterAppendOfOneStatement(Event event) {
        afterStatement = event;
        return this;
    }

    static SQLException broken() {
        return new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                Wire.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        return method.invoke(source, arguments);
                    }
                    onConnect.happen(null);
                    return wired(source.getConnection());
                });
    }

    private Connection wired(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Wire.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean commits = method.getName().equals("commit");
                    if (commits) {
                        beforeCommit.happen(real);
                    }
                    Object result = invoked(real, method, arguments);
                    if (commits) {
                        afterCommit.happen(real);
                    }
                    boolean appends = method.getName().equals("prepareStatement")
                            && arguments[0].toString().contains("SELECT set_config('recount.append'");
                    return appends ? wired(real, (PreparedStatement) result) : result;
                });
    }

    private PreparedStatement wired(Connection connection, PreparedStatement real) {
        return (PreparedStatement) Proxy.newProxyInstance(
                Wire.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, arguments) -> {
                    boolean executes = method.getName().equals("execute");
                    if (executes) {
                        beforeStatement.happen(connection);
                    }
                    Object result = invoked(real, method, arguments);
                    if (executes) {
                        afterStatement.happen(connection);
                    }
                    return result;
                });
    }

    private static Object invoked(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
